{{/* What the topology says, as YAML: charts/latido/topology.yaml. Takes the root. */}}
{{- define "latido.topology" -}}
{{- .Files.Get "topology.yaml" -}}
{{- end -}}

{{/* The key of a component among the values: service-a -> serviceA. Takes the name. */}}
{{- define "latido.valuesKey" -}}
{{- camelcase . | untitle -}}
{{- end -}}

{{/*
A component as YAML: name, key, own (its values over the defaults of all), and what the topology says of it.
Takes root and name.
*/}}
{{- define "latido.component" -}}
{{- $key := include "latido.valuesKey" .name -}}
{{- $topology := include "latido.topology" .root | fromYaml -}}
name: {{ .name }}
key: {{ $key }}
own:
  {{- mergeOverwrite (deepCopy .root.Values.defaults) (deepCopy (index .root.Values $key)) | toYaml | nindent 2 }}
described:
  {{- index $topology.services .name | default (include "latido.describedLocalAws" $topology | fromYaml) | toYaml | nindent 2 }}
{{- end -}}

{{/* The embedded AWS stands in for AWS, and so not among the services of the topology. Takes the topology. */}}
{{- define "latido.describedLocalAws" -}}
ports:
  {{- toYaml .localAws.ports | nindent 2 }}
watchesPods: false
drain: { preStopSeconds: 0, longestHandlerSeconds: 1, flushSeconds: 4 }
{{- end -}}

{{/* The image of a component; a digest wins over a tag. Takes root and component (as YAML gave it). */}}
{{- define "latido.image" -}}
{{- $image := .component.own.image -}}
{{- $registry := .root.Values.global.imageRegistry | default .root.Values.image.registry -}}
{{- $repository := $image.repository | default (printf "%s/%s" .root.Values.image.repository .component.name) -}}
{{- $name := list $registry $repository | compact | join "/" -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $name $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (include "latido.imageTag" .) -}}
{{- end -}}
{{- end -}}

{{/* The tag of a component's image. Takes root and component. */}}
{{- define "latido.imageTag" -}}
{{- .component.own.image.tag | default .root.Values.image.tag | default .root.Chart.AppVersion -}}
{{- end -}}

{{/* What a service says its version is: the tag, and the digest where there is one. Takes root and component. */}}
{{- define "latido.serviceVersion" -}}
{{- $digest := .component.own.image.digest -}}
{{- if and $digest (not .component.own.image.tag) -}}
{{- $digest | trimPrefix "sha256:" | trunc 12 -}}
{{- else -}}
{{- include "latido.imageTag" . -}}
{{- end -}}
{{- end -}}

{{/* The ServiceAccount of a component. Takes root and component. */}}
{{- define "latido.serviceAccountName" -}}
{{- .component.own.serviceAccount.name | default (include "latido.name" (dict "root" .root "suffix" .component.name)) -}}
{{- end -}}
