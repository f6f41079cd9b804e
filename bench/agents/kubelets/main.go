// What the kubelets of many nodes ask the API server for the sake of one pod each, the node agent: a list and a watch of each ConfigMap that is
// mounted, and the token of the pod. Each kubelet has one connection. What it hears reaches the files of its node within a minute and a half, as
// the volume of a pod is looked after once in 60 to 90 s.
//
//	kubelets API NODES FOLDER CERTIFICATE      TOKEN in the environment; NODES from 0 on
//
// Prints "mounted" when all volumes are there. A line on standard input replaces all pods at once: everything is asked for again.
package main

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

const (
	namespace = "berth-nodes"
	account   = "berth-node"
	parts     = 16
)

type configMap struct {
	Metadata struct {
		ResourceVersion string `json:"resourceVersion"`
	} `json:"metadata"`
	Data map[string]string `json:"data"`
}

type kubelet struct {
	api, node, folder string
	client            *http.Client
	lock              sync.Mutex
	heard             map[string]string // file: content
	written           map[string]string
}

// ask answers with the body of a request; it asks again until the API server agrees.
func (k *kubelet) ask(method, path string, query url.Values, body []byte) io.ReadCloser {
	for {
		request, err := http.NewRequest(method, k.api+path+"?"+query.Encode(), bytes.NewReader(body))
		if err != nil {
			log.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+os.Getenv("TOKEN"))
		request.Header.Set("Content-Type", "application/json")
		// The API server serves nodes before other clients (API Priority and Fairness), and it counts the user who acts for them.
		request.Header.Set("Impersonate-User", "system:node:"+k.node)
		request.Header.Set("Impersonate-Group", "system:nodes")
		answer, err := k.client.Do(request)
		if err == nil && answer.StatusCode < 300 {
			return answer.Body
		}
		if err == nil {
			text, _ := io.ReadAll(answer.Body)
			answer.Body.Close()
			err = fmt.Errorf("%d %.200s", answer.StatusCode, text)
		}
		log.Printf("%s: %s %s: %v", k.node, method, path, err)
		time.Sleep(time.Second + rand.N(time.Second))
	}
}

func (k *kubelet) note(file string, object configMap) {
	if text, there := object.Data["hosts.yaml"]; there && file != "" {
		k.lock.Lock()
		k.heard[file] = text
		k.lock.Unlock()
	}
}

// follow lists one ConfigMap and watches it until stop is closed, as a reflector of client-go does.
func (k *kubelet) follow(name, file string, stop <-chan struct{}, listed func()) {
	path := "/api/v1/namespaces/" + namespace + "/configmaps"
	selector := "metadata.name=" + name
	body := k.ask("GET", path, url.Values{"fieldSelector": {selector}, "limit": {"500"}, "resourceVersion": {"0"}}, nil)
	var list struct {
		configMap
		Items []configMap `json:"items"`
	}
	if err := json.NewDecoder(body).Decode(&list); err != nil {
		log.Fatal(err)
	}
	body.Close()
	for _, item := range list.Items {
		k.note(file, item)
	}
	version := list.Metadata.ResourceVersion
	listed()
	// Kubelets started at different times: the first watch is somewhere in its life.
	life := time.Duration(rand.Float64() * float64(lifetime()))
	for {
		query := url.Values{"fieldSelector": {selector}, "watch": {"true"}, "allowWatchBookmarks": {"true"}, "resourceVersion": {version},
			"timeoutSeconds": {strconv.Itoa(max(1, int(life.Seconds())))}}
		body := k.ask("GET", path, query, nil)
		ended := make(chan struct{})
		go func() {
			select {
			case <-stop:
			case <-ended:
			}
			body.Close()
		}()
		lines := bufio.NewReader(body)
		for {
			line, err := lines.ReadBytes('\n')
			if err != nil {
				break
			}
			var event struct {
				Type   string    `json:"type"`
				Object configMap `json:"object"`
			}
			if json.Unmarshal(line, &event) == nil && event.Object.Metadata.ResourceVersion != "" {
				version = event.Object.Metadata.ResourceVersion
				if event.Type != "BOOKMARK" {
					k.note(file, event.Object)
				}
			}
		}
		close(ended)
		select {
		case <-stop:
			return
		default:
		}
		life = lifetime()
	}
}

// lifetime is that of a watch of client-go: 5 to 10 minutes.
func lifetime() time.Duration { return 5*time.Minute + rand.N(5*time.Minute) }

func (k *kubelet) token() {
	var pod struct {
		Metadata struct {
			UID string `json:"uid"`
		} `json:"metadata"`
	}
	body := k.ask("GET", "/api/v1/namespaces/"+namespace+"/pods/berth-"+k.node, nil, nil)
	if err := json.NewDecoder(body).Decode(&pod); err != nil {
		log.Fatal(err)
	}
	body.Close()
	request := fmt.Sprintf(`{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":3607,
		"boundObjectRef":{"kind":"Pod","apiVersion":"v1","name":"berth-%s","uid":"%s"}}}`, k.node, pod.Metadata.UID)
	body = k.ask("POST", "/api/v1/namespaces/"+namespace+"/serviceaccounts/"+account+"/token", nil, []byte(request))
	var answer struct {
		Status struct {
			Token string `json:"token"`
		} `json:"status"`
	}
	if err := json.NewDecoder(body).Decode(&answer); err != nil {
		log.Fatal(err)
	}
	body.Close()
	k.write("account/token", answer.Status.Token)
	k.write("account/namespace", namespace)
}

func (k *kubelet) write(file, text string) {
	target := filepath.Join(k.folder, file)
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(target+".new", []byte(text), 0o600); err != nil {
		log.Fatal(err)
	}
	if err := os.Rename(target+".new", target); err != nil {
		log.Fatal(err)
	}
}

func (k *kubelet) mount() {
	k.lock.Lock()
	defer k.lock.Unlock()
	for file, text := range k.heard {
		if k.written[file] != text {
			k.write("hosts/"+file, text)
			k.written[file] = text
		}
	}
}

// run is one pod on the node until stop is closed; ready is called once its volumes are there.
func (k *kubelet) run(stop <-chan struct{}, ready func()) {
	k.token()
	var all sync.WaitGroup
	for part := range parts {
		all.Add(1)
		go k.follow(fmt.Sprintf("berth-node-hosts-%d", part), fmt.Sprintf("hosts-%d.yaml", part), stop, all.Done)
	}
	all.Add(1)
	go k.follow("kube-root-ca.crt", "", stop, all.Done)
	all.Wait()
	k.mount()
	ready()
	wait := rand.N(time.Minute)
	for {
		select {
		case <-stop:
			return
		case <-time.After(wait):
			k.mount()
		}
		wait = time.Minute + rand.N(30*time.Second)
	}
}

func main() {
	count, err := strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	authority, err := os.ReadFile(os.Args[4])
	if err != nil {
		log.Fatal(err)
	}
	kubelets := make([]*kubelet, count)
	for i := range kubelets {
		node := fmt.Sprintf("node-%04d", i)
		transport := &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
		kubelets[i] = &kubelet{api: os.Args[1], node: node, folder: filepath.Join(os.Args[3], node), client: &http.Client{Transport: transport},
			heard: map[string]string{}, written: map[string]string{}}
		kubelets[i].write("account/ca.crt", string(authority))
		if err := os.MkdirAll(filepath.Join(kubelets[i].folder, "hosts"), 0o755); err != nil {
			log.Fatal(err)
		}
	}
	input := bufio.NewScanner(os.Stdin)
	for {
		stop := make(chan struct{})
		var all sync.WaitGroup
		for _, one := range kubelets {
			all.Add(1)
			go one.run(stop, all.Done)
		}
		all.Wait()
		fmt.Println("mounted")
		if !input.Scan() {
			return
		}
		close(stop)
	}
}
