{{/*
Whether a connection of the topology is needed with these values: "true" or empty. Takes root and flow.
*/}}
{{- define "latido.flowIsNeeded" -}}
{{- $values := .root.Values -}}
{{- $needed := dict
  "always" true
  "aws" (not $values.localAws.enabled)
  "local-aws" $values.localAws.enabled
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
{{- range $policy.aws.cidrs }}
- ipBlock:
    cidr: {{ . }}
    {{- if and (eq . "0.0.0.0/0") $policy.aws.except }}
    except: {{ toJson $policy.aws.except }}
    {{- end }}
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
- namespaceSelector:
    matchLabels:
      {{- toYaml $peer.namespaceLabels | nindent 6 }}
  {{- with $peer.podLabels }}
  podSelector:
    matchLabels:
      {{- toYaml . | nindent 6 }}
  {{- end }}
{{- if and (eq .who "dns") $policy.dns.nodeLocalAddress }}
- ipBlock: { cidr: {{ $policy.dns.nodeLocalAddress }}/32 }
{{- end }}
{{- end }}
{{- end -}}

{{/* The ports of a connection: DNS is asked over both protocols, a collector may have its own. Takes root and flow. */}}
{{- define "latido.flowPorts" -}}
{{- $port := .flow.port.number -}}
{{- if eq .flow.to "otlp-collector" -}}
{{- $port = regexFind ":[0-9]+$" (trimSuffix "/" .root.Values.tracing.endpoint) | trimPrefix ":" | default $port -}}
{{- end -}}
- { port: {{ $port }}, protocol: TCP }
{{- if eq .flow.port.name "dns" }}
- { port: {{ .flow.port.number }}, protocol: UDP }
{{- end }}
{{- end -}}
