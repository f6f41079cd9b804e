// Many clients that pull one image at the same moment, and a registry that is far away.
//
//	pullload push URL REPO TAG LAYERS BYTES            pushes an image of so many layers
//	pullload pull URL REPO TAG CLIENTS                 pulls it so often at once; prints a line of JSON
//	pullload far LISTEN UPSTREAM BYTES_PER_SECOND MS   stands before a registry: so much a second in all, and so long a way
package main

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/signal"
	"sort"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

const imageType = "application/vnd.oci.image.manifest.v1+json"

type descriptor struct {
	MediaType string `json:"mediaType"`
	Digest    string `json:"digest"`
	Size      int64  `json:"size"`
}

type manifest struct {
	SchemaVersion int          `json:"schemaVersion"`
	MediaType     string       `json:"mediaType"`
	Config        descriptor   `json:"config"`
	Layers        []descriptor `json:"layers"`
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	must(err)
	return n
}

func main() {
	if len(os.Args) < 6 {
		must(fmt.Errorf("see the comment on top of main.go"))
	}
	a := os.Args[2:]
	switch os.Args[1] {
	case "push":
		push(a[0], a[1], a[2], number(a[3]), number(a[4]))
	case "pull":
		pull(a[0], a[1], a[2], number(a[3]))
	case "far":
		far(a[0], a[1], number(a[2]), number(a[3]))
	}
}

func push(base, repo, tag string, layers, size int) {
	image := manifest{SchemaVersion: 2, MediaType: imageType}
	image.Config = upload(base, repo, "application/vnd.oci.image.config.v1+json", []byte(`{"architecture":"amd64","os":"linux"}`))
	for range layers {
		layer := make([]byte, size)
		_, err := rand.Read(layer)
		must(err)
		image.Layers = append(image.Layers, upload(base, repo, "application/vnd.oci.image.layer.v1.tar", layer))
	}
	body, err := json.Marshal(image)
	must(err)
	send("PUT", base+"/v2/"+repo+"/manifests/"+tag, imageType, body)
}

func upload(base, repo, mediaType string, content []byte) descriptor {
	digest := fmt.Sprintf("sha256:%x", sha256.Sum256(content))
	started := send("POST", base+"/v2/"+repo+"/blobs/uploads/", "", nil)
	at, err := url.Parse(base)
	must(err)
	location, err := at.Parse(started.Header.Get("Location"))
	must(err)
	query := location.Query()
	query.Set("digest", digest)
	location.RawQuery = query.Encode()
	send("PUT", location.String(), "application/octet-stream", content)
	return descriptor{mediaType, digest, int64(len(content))}
}

func send(method, url, mediaType string, body []byte) *http.Response {
	request, err := http.NewRequest(method, url, bytes.NewReader(body))
	must(err)
	if mediaType != "" {
		request.Header.Set("Content-Type", mediaType)
	}
	answer, err := http.DefaultClient.Do(request)
	must(err)
	answer.Body.Close()
	if answer.StatusCode/100 != 2 {
		must(fmt.Errorf("%s %s: %s", method, url, answer.Status))
	}
	return answer
}

// pull waits until all clients stand ready; each has connections of its own, as a node has, and fetches its layers three at a time.
func pull(base, repo, tag string, clients int) {
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	took := make([]time.Duration, clients)
	failed := make([]error, clients)
	for i := range clients {
		ready.Add(1)
		done.Add(1)
		go func() {
			defer done.Done()
			client := &http.Client{Timeout: 2 * time.Minute, Transport: &http.Transport{MaxConnsPerHost: 3, ReadBufferSize: 32 << 10}}
			defer client.CloseIdleConnections()
			ready.Done()
			<-start
			begin := time.Now()
			failed[i] = image(client, base+"/v2/"+repo, tag)
			took[i] = time.Since(begin)
		}()
	}
	ready.Wait()
	begin := time.Now()
	close(start)
	done.Wait()
	all := time.Since(begin)
	errors, first := 0, ""
	for _, err := range failed {
		if err != nil {
			errors++
			first = err.Error()
		}
	}
	sort.Slice(took, func(a, b int) bool { return took[a] < took[b] })
	must(json.NewEncoder(os.Stdout).Encode(map[string]any{"clients": clients, "errors": errors, "error": first,
		"seconds": all.Seconds(), "p50": took[clients/2].Seconds()}))
}

func image(client *http.Client, base, tag string) error {
	body := &bytes.Buffer{}
	if _, err := get(client, base+"/manifests/"+tag, body); err != nil {
		return err
	}
	var image manifest
	if err := json.Unmarshal(body.Bytes(), &image); err != nil {
		return err
	}
	blobs := append([]descriptor{image.Config}, image.Layers...)
	ended := make(chan error, len(blobs))
	for _, blob := range blobs {
		go func() {
			length, err := get(client, base+"/blobs/"+blob.Digest, io.Discard)
			if err == nil && length != blob.Size {
				err = fmt.Errorf("%s is %d bytes, %d came", blob.Digest, blob.Size, length)
			}
			ended <- err
		}()
	}
	var failure error
	for range blobs {
		if err := <-ended; err != nil {
			failure = err
		}
	}
	return failure
}

func get(client *http.Client, url string, into io.Writer) (int64, error) {
	request, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Accept", imageType)
	answer, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != 200 {
		return 0, fmt.Errorf("%s: %s", url, answer.Status)
	}
	return io.Copy(into, answer.Body)
}

// far hands out one budget of bytes to all answers, and says on SIGUSR1 or its end what it was asked for.
func far(listen, upstream string, rate, milliseconds int) {
	target, err := url.Parse(upstream)
	must(err)
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.FlushInterval = -1
	line := &line{rate: float64(rate), free: time.Now()}
	var lock sync.Mutex
	asked := map[string]int{}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		<-signals
		lock.Lock()
		must(json.NewEncoder(os.Stdout).Encode(asked))
		os.Exit(0)
	}()
	must(http.ListenAndServe(listen, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kind := r.Method + " other"
		if strings.Contains(r.URL.Path, "/blobs/") {
			kind = r.Method + " blobs of " + strings.TrimPrefix(strings.Split(r.URL.Path, "/blobs/")[0], "/v2/")
		} else if strings.Contains(r.URL.Path, "/manifests/") {
			kind = r.Method + " manifests"
		}
		lock.Lock()
		asked[kind]++
		lock.Unlock()
		time.Sleep(time.Duration(milliseconds) * time.Millisecond)
		proxy.ServeHTTP(&slow{w, line}, r)
	})))
}

type line struct {
	lock sync.Mutex
	rate float64
	free time.Time
}

func (l *line) pass(bytes int) {
	l.lock.Lock()
	if now := time.Now(); l.free.Before(now) {
		l.free = now
	}
	l.free = l.free.Add(time.Duration(float64(bytes) / l.rate * float64(time.Second)))
	until := l.free
	l.lock.Unlock()
	time.Sleep(time.Until(until))
}

type slow struct {
	http.ResponseWriter
	line *line
}

func (s *slow) Write(bytes []byte) (int, error) {
	s.line.pass(len(bytes))
	return s.ResponseWriter.Write(bytes)
}

func (s *slow) Unwrap() http.ResponseWriter { return s.ResponseWriter }
