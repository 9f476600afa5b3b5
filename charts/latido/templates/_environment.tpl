{{/* The environment of a service's container. Takes root and component. */}}
{{- define "latido.environment" -}}
{{- $own := .component.own -}}
{{- $ports := .component.described.ports -}}
- name: HOST
  value: 0.0.0.0
- name: PORT
  value: {{ $ports.http | quote }}
- name: METRICS_PORT
  value: {{ $ports.metrics | quote }}
{{- if $ports.rpc }}
- name: RPC_HOST
  value: 0.0.0.0
- name: RPC_PORT
  value: {{ $ports.rpc | quote }}
{{- end }}
- name: POD_UID
  valueFrom: { fieldRef: { fieldPath: metadata.uid } }
- name: SERVICE_VERSION
  value: {{ include "latido.serviceVersion" . | quote }}
- name: STOP_TIMEOUT_MS
  value: {{ mul 1000 (include "latido.stopSeconds" .) | quote }}
{{- if eq .component.name "heartbeat-monitor" }}
- name: HEARTBEAT_QUEUE_ORDINAL
  valueFrom: { fieldRef: { fieldPath: "metadata.labels['apps.kubernetes.io/pod-index']" } }
{{- end }}
{{- $topology := include "latido.topology" .root | fromYaml }}
{{- range $topology.flows }}
{{- if and (eq .from $.component.name) (hasKey $topology.services .to) }}
- name: {{ printf "%s_%s_url" .to .port.name | replace "-" "_" | upper }}
  value: {{ printf "%s:%v" (include "latido.name" (dict "root" $.root "suffix" .to)) .port.number | quote }}
{{- end }}
{{- end }}
{{ include "latido.awsEnvironment" . }}
{{ include "latido.authEnvironment" . }}
{{ include "latido.tracingEnvironment" . }}
{{- if include "latido.isWitness" . | eq "true" }}
- name: POD_WITNESS
  value: kubernetes
- name: POD_SELECTOR
  value: {{ printf "app.kubernetes.io/name=latido,app.kubernetes.io/instance=%s,app.kubernetes.io/component in (%s)" .root.Release.Name (keys $topology.services | sortAlpha | join ",") | quote }}
{{- end }}
{{- range $name, $value := $own.config }}
- name: {{ $name }}
  value: {{ ternary $value (toJson $value) (kindIs "string" $value) | quote }}
{{- end }}
{{- with $own.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Where queues, topics and tables are, and who asks for them. Takes root and component. */}}
{{- define "latido.awsEnvironment" -}}
{{- $aws := .root.Values.aws -}}
- name: AWS_REGION
  value: {{ $aws.region | quote }}
- name: AWS_ACCOUNT_ID
  value: {{ include "latido.accountId" .root | quote }}
{{- with include "latido.resourcePrefix" .root }}
- name: RESOURCE_PREFIX
  value: {{ . | quote }}
{{- end }}
{{- with include "latido.resourceNames" .root }}
- name: RESOURCE_NAMES
  value: {{ . | quote }}
{{- end }}
{{- if .root.Values.localAws.enabled }}
{{- range $service, $port := dict "SNS" "messaging" "SQS" "messaging" "DYNAMODB" "dynamodb" }}
- name: AWS_ENDPOINT_URL_{{ $service }}
  value: {{ include "latido.localAwsUrl" (dict "root" $.root "port" $port) | quote }}
{{- end }}
- name: AWS_ACCESS_KEY_ID
  value: local
- name: AWS_SECRET_ACCESS_KEY
  value: local
{{- else if eq .root.Values.identity.mode "static" }}
{{- range $variable, $key := dict "AWS_ACCESS_KEY_ID" "accessKeyIdKey" "AWS_SECRET_ACCESS_KEY" "secretAccessKeyKey" }}
- name: {{ $variable }}
  valueFrom:
    secretKeyRef:
      name: {{ $.root.Values.identity.static.existingSecret }}
      key: {{ index $.root.Values.identity.static $key }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Queues, topics and tables that somebody else has named, as JSON, or nothing. Takes the root. */}}
{{- define "latido.resourceNames" -}}
{{- $given := dict -}}
{{- range $kind := list "queues" "topics" "tables" -}}
{{- with index $.Values.aws $kind -}}{{- $_ := set $given $kind . -}}{{- end -}}
{{- end -}}
{{- with $given -}}{{- toJson . -}}{{- end -}}
{{- end -}}

{{/* "true" when one of our queues, topics or tables is not among those that somebody else has named. Takes the root. */}}
{{- define "latido.unnamedResources" -}}
{{- $topology := include "latido.topology" . | fromYaml -}}
{{- $unnamed := false -}}
{{- range $kind, $names := dict "queues" (keys $topology.queues) "topics" (keys $topology.topics) "tables" $topology.tables -}}
{{- $given := index $.Values.aws $kind -}}
{{- range $names -}}
{{- $unnamed = or $unnamed (not (or (hasKey $given .) (hasKey $given (printf "%s.fifo" .)))) -}}
{{- end -}}
{{- end -}}
{{- $unnamed -}}
{{- end -}}

{{/* Where spans go; without an endpoint there are none. Takes root. */}}
{{- define "latido.tracingEnvironment" -}}
{{- $tracing := .root.Values.tracing -}}
- name: OTEL_TRACES_EXPORTER
  value: {{ $tracing.endpoint | empty | ternary "none" "otlp" }}
{{- if $tracing.endpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ $tracing.endpoint | quote }}
- name: OTEL_TRACES_SAMPLER
  value: {{ $tracing.sampler }}
- name: OTEL_TRACES_SAMPLER_ARG
  value: {{ $tracing.samplerArg | toString | quote }}
- name: OTEL_PROPAGATORS
  value: {{ $tracing.propagators | join "," }}
- name: OTEL_RESOURCE_ATTRIBUTES
  value: {{ printf "k8s.namespace.name=%s,latido.release=%s" .root.Release.Namespace .root.Release.Name | quote }}
{{- end }}
{{- end -}}

{{/* The account of the topics: the embedded AWS has its own. Takes the root. */}}
{{- define "latido.accountId" -}}
{{- .Values.localAws.enabled | ternary "000000000000" .Values.aws.accountId -}}
{{- end -}}

{{/* What names of queues, topics and tables begin with; the embedded AWS carries the release. Takes the root. */}}
{{- define "latido.resourcePrefix" -}}
{{- if .Values.aws.resourcePrefix -}}
{{- .Values.aws.resourcePrefix -}}
{{- else if .Values.localAws.enabled -}}
{{- $release := .Release.Name | replace "." "-" -}}
{{- gt (len $release) 30 | ternary (printf "%s-%s" (trunc 21 $release) (sha256sum $release | trunc 8)) $release -}}
{{- end -}}
{{- end -}}

{{/* Address of the embedded AWS inside the namespace. Takes root and port. */}}
{{- define "latido.localAwsUrl" -}}
{{- $topology := include "latido.topology" .root | fromYaml -}}
http://{{ include "latido.name" (dict "root" .root "suffix" "local-aws") }}:{{ index $topology.localAws.ports .port }}
{{- end -}}

{{/* Whose tokens are accepted. Takes root. */}}
{{- define "latido.authEnvironment" -}}
{{- $auth := .root.Values.auth -}}
{{- if $auth.oidc.issuer -}}
- name: AUTH_ISSUER
  value: {{ $auth.oidc.issuer | quote }}
- name: AUTH_JWKS_URL
  value: {{ $auth.oidc.jwksUrl | quote }}
- name: AUTH_AUDIENCE
  value: {{ $auth.oidc.audience | quote }}
- name: AUTH_ROLES_CLAIM
  value: {{ $auth.oidc.rolesClaim | quote }}
{{- else -}}
- name: LOCAL_API_TOKEN
  valueFrom:
    secretKeyRef:
      name: {{ include "latido.tokenSecretName" .root }}
      key: {{ $auth.token.key }}
{{- end -}}
{{- end -}}

{{/* The Secret with the bearer token. Takes the root. */}}
{{- define "latido.tokenSecretName" -}}
{{- .Values.auth.token.existingSecret | default (include "latido.name" (dict "root" . "suffix" "token")) -}}
{{- end -}}

{{/* A token of the role writer as a reference to a key of a Secret, or nothing. Takes the root. */}}
{{- define "latido.writerToken" -}}
{{- $auth := .Values.auth -}}
{{- if not $auth.oidc.issuer -}}
{ name: {{ include "latido.tokenSecretName" . }}, key: {{ $auth.token.key }} }
{{- else if $auth.writer.existingSecret -}}
{ name: {{ $auth.writer.existingSecret }}, key: {{ $auth.writer.key }} }
{{- end -}}
{{- end -}}
