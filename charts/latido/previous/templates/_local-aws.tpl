{{/* What runs as the embedded AWS now, as YAML; empty without a cluster to ask. Takes the root. */}}
{{- define "latido.liveLocalAws" -}}
{{- lookup "apps/v1" "Deployment" .Release.Namespace (include "latido.name" (dict "root" . "suffix" "local-aws")) | toYaml -}}
{{- end -}}

{{/*
Its image: what is given, else what runs already, so that an upgrade of the services never restarts it.
Takes root and component.
*/}}
{{- define "latido.localAwsImage" -}}
{{- $given := or .component.own.image.tag .component.own.image.digest .component.own.image.repository -}}
{{- $live := include "latido.liveLocalAws" .root | fromYaml -}}
{{- if or $given (not $live) -}}
{{- include "latido.image" . -}}
{{- else -}}
{{- (first $live.spec.template.spec.containers).image -}}
{{- end -}}
{{- end -}}

{{/*
"true" when it keeps its data on a volume. `auto`: when the cluster has a default storage class at the first install;
what was decided then stays, because changing it loses the data. Takes the root.
*/}}
{{- define "latido.localAwsPersistent" -}}
{{- $enabled := toString .Values.localAws.persistence.enabled -}}
{{- if ne $enabled "auto" -}}
{{- $enabled -}}
{{- else if include "latido.liveLocalAws" . | fromYaml -}}
{{- $claim := lookup "v1" "PersistentVolumeClaim" .Release.Namespace (include "latido.name" (dict "root" . "suffix" "local-aws")) -}}
{{- not (empty $claim) -}}
{{- else -}}
{{- $default := "false" -}}
{{- range (lookup "storage.k8s.io/v1" "StorageClass" "" "").items -}}
{{- if eq "true" (get (.metadata.annotations | default dict) "storageclass.kubernetes.io/is-default-class") -}}
{{- $default = "true" -}}
{{- end -}}
{{- end -}}
{{- $default -}}
{{- end -}}
{{- end -}}
