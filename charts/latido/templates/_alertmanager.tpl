{{/* The configuration of Alertmanager as rules/alertmanager.yaml has it, with the console where this release has it. Takes the root. */}}
{{- define "latido.alertmanagerPlain" -}}
{{- $console := include "latido.consoleUrl" . -}}
{{- .Files.Get "rules/alertmanager.yaml" | replace "http://heartbeat-monitor:3003/alertmanager" $console -}}
{{- end -}}

{{/* Where the monitor takes notifications, for an Alertmanager in another namespace. Takes the root. */}}
{{- define "latido.consoleUrl" -}}
{{- $monitor := include "latido.component" (dict "root" . "name" "heartbeat-monitor") | fromYaml -}}
{{- printf "http://%s.%s.svc:%v/alertmanager" (include "latido.name" (dict "root" . "suffix" "heartbeat-monitor")) .Release.Namespace $monitor.described.ports.http -}}
{{- end -}}

{{/* A route in the operator's spelling, with all below it. Takes root and route. */}}
{{- define "latido.route" -}}
receiver: {{ .route.receiver }}
{{- range $plain, $spelling := dict "group_by" "groupBy" "group_wait" "groupWait" "group_interval" "groupInterval" "repeat_interval" "repeatInterval" "continue" "continue" }}
{{- if hasKey $.route $plain }}
{{ $spelling }}: {{ index $.route $plain | toJson }}
{{- end }}
{{- end }}
{{- with .route.matchers }}
matchers:
  {{- include "latido.matchers" (dict "root" $.root "matchers" .) | nindent 2 }}
{{- end }}
{{- with .route.routes }}
routes:
  {{- range . }}
  -
    {{- include "latido.route" (dict "root" $.root "route" .) | nindent 4 }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* Matchers like alertname=~"Interop.+" in the operator's spelling. Takes root and matchers. */}}
{{- define "latido.matchers" -}}
{{- range .matchers }}
- name: {{ regexFind "^[a-z_]+" . }}
  matchType: {{ regexFind "[=!~]+" . | quote }}
  value: {{ regexReplaceAll "^[a-z_]+[=!~]+" . "" }}
{{- end }}
{{- end -}}

{{/* The receivers without an address, as a list; nobody is meant to be deaf, the console has its own. Takes the root. */}}
{{- define "latido.deafReceivers" -}}
{{- range (include "latido.alertmanagerPlain" . | fromYaml).receivers -}}
{{- $addresses := get $.Values.alertmanager.receivers .name | default dict | values -}}
{{- if and (not (compact $addresses)) (not (has .name (list "console" "nobody"))) }}
- {{ .name }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* "true" when an AlertmanagerConfig is made. Takes the root. */}}
{{- define "latido.alertmanagerConfigIsMade" -}}
{{- include "latido.isMade" (dict "root" . "enabled" .Values.alertmanager.config.enabled "kind" "monitoring.coreos.com/v1alpha1/AlertmanagerConfig") -}}
{{- end -}}
