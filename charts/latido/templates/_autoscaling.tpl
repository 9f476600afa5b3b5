{{/* "true" when something else sets the number of pods. Takes root and component. */}}
{{- define "latido.isAutoscaled" -}}
{{- or .component.own.autoscaling.hpa.enabled .component.own.autoscaling.keda.enabled -}}
{{- end -}}

{{/*
The number of pods to render, or nothing. With an autoscaler it is nothing, once it is the autoscaler's: a number that Helm
wrote and no longer writes would become 1 for a moment. So as long as the field is Helm's, the live number is written.
Takes root and component.
*/}}
{{- define "latido.replicas" -}}
{{- $own := .component.own -}}
{{- if include "latido.isAutoscaled" . | ne "true" -}}
{{- $own.replicas -}}
{{- else -}}
{{- $workload := .root.Values.workload -}}
{{- $live := lookup (include "latido.workloadApi" .root) $workload.kind .root.Release.Namespace (include "latido.name" (dict "root" .root "suffix" .component.name)) -}}
{{- if and $live (include "latido.replicasAreHelms" (dict "root" .root "live" $live)) -}}
{{- max (int $live.spec.replicas) (int (include "latido.minReplicas" . )) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* "true" unless Helm applies the object without the number: then it has let go of it before. Takes root and live (the object). */}}
{{- define "latido.replicasAreHelms" -}}
{{- $letGo := false -}}
{{- range .live.metadata.managedFields -}}
{{- if and (eq .manager "helm") (eq .operation "Apply") (not (hasKey (index .fieldsV1 "f:spec") "f:replicas")) -}}
{{- $letGo = true -}}
{{- end -}}
{{- end -}}
{{- if not $letGo }}true{{ end -}}
{{- end -}}

{{/* The fewest pods the autoscaler keeps. Takes root and component. */}}
{{- define "latido.minReplicas" -}}
{{- $autoscaling := .component.own.autoscaling -}}
{{- $autoscaling.keda.enabled | ternary $autoscaling.keda.minReplicas $autoscaling.hpa.minReplicas -}}
{{- end -}}

{{/* API version of what runs service-a and service-b. Takes the root. */}}
{{- define "latido.workloadApi" -}}
{{- eq .Values.workload.kind "Rollout" | ternary "argoproj.io/v1alpha1" "apps/v1" -}}
{{- end -}}

{{/* What an autoscaler scales. Takes root and component. */}}
{{- define "latido.scaleTarget" -}}
apiVersion: {{ include "latido.workloadApi" .root }}
kind: {{ .root.Values.workload.kind }}
name: {{ include "latido.name" (dict "root" .root "suffix" .component.name) }}
{{- end -}}

{{/* URL of the queue by whose length a service is scaled. Takes root, component and queue (our name). */}}
{{- define "latido.queueUrl" -}}
{{- $name := eq (get .component.own.config "EVENT_ORDERING" | toString) "fifo" | ternary (printf "%s.fifo" .queue) .queue -}}
{{- $given := get .root.Values.aws.queues $name -}}
{{- if hasPrefix "http" (toString $given) -}}
{{- $given -}}
{{- else -}}
{{- $prefixed := list (include "latido.resourcePrefix" .root) $name | compact | join "-" -}}
{{- $called := $given | default $prefixed | splitList ":" | last -}}
{{- printf "%s/%s/%s" (include "latido.sqsEndpoint" .root) (include "latido.accountId" .root) $called -}}
{{- end -}}
{{- end -}}

{{/* Where SQS answers, for somebody in another namespace. Takes the root. */}}
{{- define "latido.sqsEndpoint" -}}
{{- if .Values.localAws.enabled -}}
{{- $ports := (include "latido.topology" . | fromYaml).localAws.ports -}}
{{- printf "http://%s.%s.svc:%v" (include "latido.name" (dict "root" . "suffix" "local-aws")) .Release.Namespace $ports.messaging -}}
{{- else -}}
{{- printf "https://sqs.%s.amazonaws.com%s" .Values.aws.region (hasPrefix "cn-" .Values.aws.region | ternary ".cn" "") -}}
{{- end -}}
{{- end -}}
