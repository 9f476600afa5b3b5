{{/* The pod of a service: template of a Deployment, Rollout or StatefulSet. Takes root and component. */}}
{{- define "latido.podTemplate" -}}
{{- $own := .component.own -}}
metadata:
  labels:
    {{- include "latido.podLabels" . | nindent 4 }}
  {{- with $own.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- include "latido.podSettings" . | nindent 2 }}
  {{- if .root.Values.localAws.enabled }}
  initContainers:
    {{- include "latido.waitForLocalAws" . | nindent 4 }}
  {{- end }}
  containers:
    - name: {{ .component.name }}
      image: {{ include "latido.image" . }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      {{- include "latido.containerBasics" . | nindent 6 }}
      ports:
        {{- range $name, $port := .component.described.ports }}
        - { name: {{ $name }}, containerPort: {{ $port }} }
        {{- end }}
      env:
        {{- include "latido.environment" . | nindent 8 }}
      {{- with $own.extraEnvFrom }}
      envFrom:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- include "latido.probes" . | nindent 6 }}
      {{- with include "latido.preStopSeconds" . | int }}
      lifecycle: { preStop: { sleep: { seconds: {{ . }} } } }
      {{- end }}
{{- end -}}

{{/* What is the same for the pod of every component. Takes root and component. */}}
{{- define "latido.podSettings" -}}
{{- $own := .component.own -}}
serviceAccountName: {{ .serviceAccount | default (include "latido.serviceAccountName" .) }}
automountServiceAccountToken: {{ include "latido.isWitness" . | eq "true" }}
enableServiceLinks: false
{{- with concat .root.Values.global.imagePullSecrets .root.Values.image.pullSecrets | uniq }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  {{- toYaml $own.podSecurityContext | nindent 2 }}
terminationGracePeriodSeconds: {{ include "latido.graceSeconds" . }}
{{- with $own.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- range $key := list "nodeSelector" "tolerations" "affinity" }}
{{- with index $own $key }}
{{ $key }}:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
topologySpreadConstraints:
  {{- include "latido.spread" . | trim | nindent 2 }}
volumes:
  - name: tmp
    emptyDir: { sizeLimit: 64Mi }
  {{- with .volumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- with $own.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{/* What is the same for the container of every component. Takes root and component. */}}
{{- define "latido.containerBasics" -}}
{{- $own := .component.own -}}
securityContext:
  {{- toYaml $own.containerSecurityContext | nindent 2 }}
resources:
  {{- toYaml $own.resources | nindent 2 }}
volumeMounts:
  - { name: tmp, mountPath: /tmp }
  {{- with .mounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- with $own.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{/* Live restarts, ready takes out of the Service, startup gives a slow node its time. */}}
{{- define "latido.probes" -}}
startupProbe:
  httpGet: { path: /health/startup, port: http }
  periodSeconds: 1
  timeoutSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: { path: /health/live, port: http }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
readinessProbe:
  httpGet: { path: /health/ready, port: http }
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 2
{{- end -}}

{{/*
Replicas stand in different zones and on different nodes, as long as there are such. Those of another revision do not count: they
go, and where they stood would be empty after a rollout. Takes root and component.
*/}}
{{- define "latido.spread" -}}
{{- $own := .component.own -}}
{{- if $own.topologySpreadConstraints -}}
{{- toYaml $own.topologySpreadConstraints -}}
{{- else -}}
{{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
- topologyKey: {{ $key }}
  maxSkew: 1
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "latido.selectorLabels" (dict "root" $.root "component" $.component.name) | nindent 6 }}
  {{- with include "latido.revisionLabel" $ }}
  matchLabelKeys: [{{ . }}]
  {{- end }}
{{- end }}
{{- end -}}
{{- end -}}

{{/* The label by which a workload tells its revisions apart; none where all pods are of one. Takes root and component. */}}
{{- define "latido.revisionLabel" -}}
{{- if eq .component.name "heartbeat-monitor" -}}
controller-revision-hash
{{- else if not (hasKey (include "latido.topology" .root | fromYaml).services .component.name) -}}
{{- else if eq .root.Values.workload.kind "Rollout" -}}
rollouts-pod-template-hash
{{- else -}}
pod-template-hash
{{- end -}}
{{- end -}}

{{/* A service that does not find its queues gives up (exit 78): it waits for them instead of crashing until they are there. */}}
{{- define "latido.waitForLocalAws" -}}
- name: wait-for-local-aws
  image: {{ include "latido.image" . }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  {{- include "latido.containerBasics" . | nindent 2 }}
  command:
    - node
    - -e
    - {{ .root.Files.Get "files/wait-for-local-aws.js" | quote }}
    - {{ include "latido.localAwsUrl" (dict "root" .root "port" "messaging") }}/ready
{{- end -}}

{{/* "true" when the service watches the pods by the API server. Takes root and component. */}}
{{- define "latido.isWitness" -}}
{{- and .component.described.watchesPods .component.own.witness.enabled -}}
{{- end -}}
