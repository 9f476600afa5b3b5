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
{{- $arn := include "latido.queueArn" (merge (dict "name" $name) .) | fromYaml -}}
{{- $endpoint := include "latido.sqsEndpoint" (dict "root" .root "region" $arn.region) -}}
{{- printf "%s/%s/%s" $endpoint $arn.account ($arn.called | default $prefixed) -}}
{{- end -}}
{{- end -}}

{{/* Region, account and name of a queue that is given by its ARN; otherwise region and account are ours. Takes root and name (our name). */}}
{{- define "latido.queueArn" -}}
{{- $given := get .root.Values.aws.queues .name | toString -}}
{{- $parts := splitList ":" $given -}}
{{- if eq (len $parts) 6 }}
region: {{ index $parts 3 }}
account: {{ index $parts 4 | quote }}
called: {{ index $parts 5 }}
{{- else }}
region: {{ .root.Values.aws.region }}
account: {{ include "latido.accountId" .root | quote }}
called: {{ $given }}
{{- end }}
{{- end -}}

{{/* The region where the queue of a trigger is. Takes root, component and queue (our name). */}}
{{- define "latido.queueRegion" -}}
{{- $host := .root.Values.localAws.enabled | ternary "" (regexFind "^https?://[^/]+" (include "latido.queueUrl" .)) -}}
{{- $told := regexFind "\\.[a-z]{2}(-[a-z]+)+-[0-9]+\\." $host | trimAll "." -}}
{{- $told | default .root.Values.aws.region -}}
{{- end -}}

{{/* Where SQS of a region answers, for somebody in another namespace. Takes root and region. */}}
{{- define "latido.sqsEndpoint" -}}
{{- if .root.Values.localAws.enabled -}}
{{- $ports := (include "latido.topology" .root | fromYaml).localAws.ports -}}
{{- printf "http://%s.%s.svc:%v" (include "latido.name" (dict "root" .root "suffix" "local-aws")) .root.Release.Namespace $ports.messaging -}}
{{- else -}}
{{- printf "https://sqs.%s.amazonaws.com%s" .region (hasPrefix "cn-" .region | ternary ".cn" "") -}}
{{- end -}}
{{- end -}}
