{{/*
Whether a connection of the topology is needed with these values: "true" or empty. Takes root and flow.
*/}}
{{- define "latido.flowIsNeeded" -}}
{{- $values := .root.Values -}}
{{- $needed := dict
  "always" true
  "aws" (not $values.localAws.enabled)
  "local-aws" $values.localAws.enabled
  "oidc" (not (empty $values.auth.oidc.issuer))
  "pod-identity" (and (not $values.localAws.enabled) (eq $values.identity.mode "podIdentity"))
  "tracing" (not (empty $values.tracing.endpoint))
  "witness" $values.heartbeatMonitor.witness.enabled -}}
{{- $outsiders := dict
  "gateway" (or $values.httpRoute.enabled $values.ingress.enabled)
  "keda" (or $values.serviceA.autoscaling.keda.enabled $values.serviceB.autoscaling.keda.enabled) -}}
{{- if and (index $needed .flow.when) (get $outsiders .flow.from | toString | ne "false") }}true{{ end -}}
{{- end -}}

{{/* One end of a connection, as a list of NetworkPolicy peers. Takes root and who. */}}
{{- define "latido.peers" -}}
{{- $policy := .root.Values.networkPolicy -}}
{{- $inside := append (keys (include "latido.topology" .root | fromYaml).services) "local-aws" | has .who -}}
{{- if or $inside (eq .who "helm-test") }}
- podSelector:
    matchLabels:
      {{- include "latido.selectorLabels" (dict "root" .root "component" .who) | nindent 6 }}
{{- else if eq .who "aws" }}
{{- include "latido.blocks" (dict "root" .root "of" $policy.aws) }}
{{- else if eq .who "identity-provider" }}
{{- include "latido.blocks" (dict "root" .root "of" $policy.identityProvider) }}
{{- if $policy.identityProvider.namespaceLabels }}
{{- include "latido.podsIn" (dict "root" .root "of" $policy.identityProvider) }}
{{- end }}
{{- else if eq .who "kubernetes-api" }}
{{- range $policy.kubernetesApi.cidrs }}
- ipBlock: { cidr: {{ . }} }
{{- end }}
{{- else if eq .who "pod-identity-agent" }}
{{- range $policy.podIdentityAgent.cidrs }}
- ipBlock: { cidr: {{ . | quote }} }
{{- end }}
{{- else }}
{{- $peer := index $policy (include "latido.valuesKey" .who) }}
{{- include "latido.podsIn" (dict "root" .root "of" $peer) }}
{{- if and (eq .who "dns") $policy.dns.nodeLocalAddress }}
{{- $bits := contains ":" $policy.dns.nodeLocalAddress | ternary 128 32 }}
- ipBlock: { cidr: {{ printf "%s/%d" $policy.dns.nodeLocalAddress $bits | quote }} }
{{- end }}
{{- end }}
{{- end -}}

{{/* Addresses as peers; what is excepted is meant of all addresses only. Takes root and of (cidrs, except). */}}
{{- define "latido.blocks" -}}
{{- $except := .of.except }}
{{- range .of.cidrs }}
- ipBlock:
    cidr: {{ . | quote }}
    {{- if and (eq . "0.0.0.0/0") $except }}
    except: {{ toJson $except }}
    {{- end }}
{{- end }}
{{- end -}}

{{/* Pods of a namespace as peers. Takes root and of (namespaceLabels, podLabels). */}}
{{- define "latido.podsIn" }}
- namespaceSelector:
    matchLabels:
      {{- toYaml .of.namespaceLabels | nindent 6 }}
  {{- with .of.podLabels }}
  podSelector:
    matchLabels:
      {{- toYaml . | nindent 6 }}
  {{- end }}
{{- end -}}

{{/* The ports of a connection: DNS is asked over both protocols, others may have their own by their address. Takes root and flow. */}}
{{- define "latido.flowPorts" -}}
{{- $port := .flow.port.number -}}
{{- if eq .flow.to "otlp-collector" -}}
{{- $port = regexFind ":[0-9]+$" (trimSuffix "/" .root.Values.tracing.endpoint) | trimPrefix ":" | default $port -}}
{{- else if eq .flow.to "identity-provider" -}}
{{- $url := urlParse .root.Values.auth.oidc.jwksUrl -}}
{{- $port = regexFind ":[0-9]+$" $url.host | trimPrefix ":" | default (eq $url.scheme "http" | ternary 80 $port) -}}
{{- end -}}
- { port: {{ $port }}, protocol: TCP }
{{- if eq .flow.port.name "dns" }}
- { port: {{ .flow.port.number }}, protocol: UDP }
{{- end }}
{{- end -}}
