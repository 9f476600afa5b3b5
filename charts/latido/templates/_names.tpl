{{/* What every name begins with: `<release>-latido`, or the release alone when it says latido already. Takes the root. */}}
{{- define "latido.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains "latido" .Release.Name -}}
{{- .Release.Name -}}
{{- else -}}
{{- printf "%s-latido" .Release.Name -}}
{{- end -}}
{{- end -}}

{{/*
`<fullname>-<suffix>`. What does not fit is replaced by a hash of the whole, so that two long names stay two.
Takes root and suffix. 52 characters, because the revision label of a StatefulSet's pods takes 11 more of 63.
*/}}
{{- define "latido.name" -}}
{{- $fullname := include "latido.fullname" .root -}}
{{- $name := printf "%s-%s" $fullname .suffix -}}
{{- if gt (len $name) 52 -}}
{{- $name = printf "%s-%s-%s" (trunc (int (sub 42 (len .suffix))) $fullname | trimSuffix "-") (sha256sum $name | trunc 8) .suffix -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{/* The labels by which the pods of a component are found. Takes root and component. */}}
{{- define "latido.selectorLabels" -}}
app.kubernetes.io/name: latido
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end -}}

{{/* The labels of every object: the chart's own, which win, those asked for, those of all. Takes root, component and labels. */}}
{{- define "latido.labels" -}}
{{- $own := dict
  "app.kubernetes.io/version" .root.Chart.AppVersion
  "app.kubernetes.io/managed-by" .root.Release.Service
  "app.kubernetes.io/part-of" "latido"
  "helm.sh/chart" (printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") -}}
{{- merge (include "latido.selectorLabels" . | fromYaml) $own (.labels | default dict) .root.Values.commonLabels | toYaml -}}
{{- end -}}

{{/* The labels of a pod. No version among them: it would restart what an upgrade leaves as it is. Takes root, component (as YAML gave it). */}}
{{- define "latido.podLabels" -}}
{{- $selector := include "latido.selectorLabels" (dict "root" .root "component" .component.name) | fromYaml -}}
{{- merge $selector (dict "app.kubernetes.io/part-of" "latido") .component.own.podLabels | toYaml -}}
{{- end -}}

{{/* Name, namespace and labels of an object. Takes root, suffix, component and labels. */}}
{{- define "latido.metadata" -}}
name: {{ include "latido.name" . }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "latido.labels" . | nindent 2 }}
{{- end -}}
