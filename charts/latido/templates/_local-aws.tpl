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

{{/* Under this annotation its Deployment keeps a hash of the pod. */}}
{{- define "latido.localAwsPodHash" -}}
latido/pod-hash
{{- end -}}

{{/* Its pod: what differs here starts it anew. Takes root and component. */}}
{{- define "latido.localAwsPod" -}}
{{- $ports := .component.described.ports -}}
{{- $claim := include "latido.name" (dict "root" .root "suffix" "local-aws") -}}
{{- $volume := dict "name" "data" "emptyDir" dict -}}
{{- if include "latido.localAwsPersistent" .root | eq "true" -}}
{{- $volume = dict "name" "data" "persistentVolumeClaim" (dict "claimName" $claim) -}}
{{- end -}}
metadata:
  labels:
    {{- include "latido.podLabels" . | nindent 4 }}
  {{- with .component.own.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- include "latido.podSettings" (merge (dict "volumes" (list $volume)) .) | nindent 2 }}
  containers:
    - name: local-aws
      image: {{ include "latido.localAwsImage" . }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      {{- include "latido.containerBasics" (merge (dict "mounts" (list (dict "name" "data" "mountPath" "/data"))) .) | nindent 6 }}
      ports:
        {{- range $name, $port := $ports }}
        - { name: {{ $name }}, containerPort: {{ $port }} }
        {{- end }}
      env:
        - { name: HOST, value: 0.0.0.0 }
        - { name: LOCAL_AWS_PORT, value: {{ $ports.messaging | quote }} }
        - { name: LOCAL_AWS_DYNAMODB_PORT, value: {{ $ports.dynamodb | quote }} }
        - { name: LOCAL_AWS_DATA_DIR, value: /data }
        - { name: AWS_REGION, value: {{ .root.Values.aws.region | quote }} }
        - { name: RESOURCE_PREFIX, value: {{ include "latido.resourcePrefix" .root | quote }} }
        {{- with .component.own.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with .component.own.extraEnvFrom }}
      envFrom:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      startupProbe:
        httpGet: { path: /ready, port: messaging }
        periodSeconds: 1
        timeoutSeconds: 2
        failureThreshold: 120
      livenessProbe:
        tcpSocket: { port: messaging }
        periodSeconds: 10
        failureThreshold: 6
      readinessProbe:
        httpGet: { path: /ready, port: messaging }
        periodSeconds: 5
        timeoutSeconds: 3
{{- end -}}
