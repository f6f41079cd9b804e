# kubelet's image credential provider for registries of Berth (kubelet docs, "Configure a kubelet image credential provider").
#   standard input: a CredentialProviderRequest, as kubelet writes it: JSON on one line
#   arguments: the images that may get an answer: *.team-a.svc (hosts), registry.example (a host) or registry.example/team (what is below)
#   standard output: a CredentialProviderResponse with the pod's own token as the password, for the image's registry and no other
# It needs a POSIX shell and no other program. A request that it does not understand in full gets no credentials: the reason is on standard error.
set -fu
LC_ALL=C
IFS=

answer() { # AUTH
  printf '{"apiVersion":"credentialprovider.kubelet.k8s.io/v1","kind":"CredentialProviderResponse","cacheKeyType":"Image","cacheDuration":"0s","auth":{%s}}\n' "$1"
  exit 0
}

nothing() { # WHY
  printf 'no credentials: %s\n' "$1" >&2
  answer ''
}

# value KEY: sets `value` to the text of the only key of this name. Nothing in the request is escaped, so no text has a quotation mark in it.
value() {
  mark="\"$1\":\""
  value=${request#*"$mark"}
  [ "$value" != "$request" ] || nothing "the request has no $1"
  mark="\"$1\""
  others=${request#*"$mark"}
  case $others in *"$mark"*) nothing "the request has more than one $1" ;; esac
  case ${value#*\"} in ,* | '}'*) ;; *) nothing "the $1 does not end" ;; esac
  value=${value%%\"*}
}

# key PATTERN: sets `key` to what the credentials are for; fails if the image does not match.
key() {
  key=
  case $1 in
  \*.*)
    suffix=${1#\*}
    label=${host%"$suffix"}
    case $label in '' | -* | *[!a-z0-9-]*) return 1 ;; esac
    [ "$label$suffix" = "$host" ] || return 1
    key=$host
    ;;
  */*)
    case $image in "$1"/?*) key=$1 ;; *) return 1 ;; esac
    ;;
  ?*)
    [ "$1" = "$host" ] || return 1
    key=$host
    ;;
  *) return 1 ;;
  esac
}

read -r request || [ -n "$request" ] || nothing "the request is empty"
more=
if read -r more || [ -n "$more" ]; then nothing "the request has more than one line"; fi
case $request in *\\*) nothing "the request has an escape" ;; esac
case $request in '{'*'}') ;; *) nothing "the request is no object" ;; esac
case $request in *'"kind":"CredentialProviderRequest"'*) ;; *) nothing "the request is of another kind" ;; esac
case $request in *'"apiVersion":"credentialprovider.kubelet.k8s.io/v1"'*) ;; *) nothing "the request is of another version" ;; esac

value image
image=$value
value serviceAccountToken
token=$value

case $image in */* ) ;; *) nothing "the image names no registry" ;; esac
case $image in *[!A-Za-z0-9._/:@-]*) nothing "the image has a strange name" ;; esac
case $token in '' | *[!A-Za-z0-9._-]*) nothing "the token is none" ;; esac
host=${image%%/*}

for pattern; do
  if key "$pattern"; then answer "\"$key\":{\"username\":\"serviceaccount\",\"password\":\"$token\"}"; fi
done
nothing "the image is of another registry"
