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
