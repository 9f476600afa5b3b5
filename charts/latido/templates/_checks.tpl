{{/* Every reason not to render, each with its fix; all of them are told at once. Takes the root. */}}
{{- define "latido.check" -}}
{{- $problems := concat (include "latido.checkAws" . | fromYamlArray) (include "latido.checkAuth" . | fromYamlArray) (include "latido.checkWorkloads" . | fromYamlArray) (include "latido.checkAutoscaling" . | fromYamlArray) (include "latido.checkSurroundings" . | fromYamlArray) (include "latido.checkPages" . | fromYamlArray) -}}
{{- if $problems -}}
{{- fail (printf "\n\nlatido cannot be installed with these values:\n  - %s\n" (join "\n  - " $problems)) -}}
{{- end -}}
{{- end -}}

{{- define "latido.checkAws" -}}
{{- if .Values.localAws.enabled }}
{{- if ne .Values.identity.mode "none" }}
- {{ printf "localAws.enabled is true and identity.mode is %s: the embedded AWS asks for no identity; set identity.mode=none" .Values.identity.mode | quote }}
{{- end }}
{{- else }}
{{- if not .Values.aws.accountId }}
- "aws.accountId is empty: set it to the twelve digits of the account of the topics (aws sts get-caller-identity), or localAws.enabled=true for a cluster without AWS"
{{- end }}
{{- if and (not .Values.aws.resourcePrefix) (include "latido.unnamedResources" . | eq "true") }}
- "aws.resourcePrefix is empty, so that every release of the account would use the same queues, topics and tables: set it to the name of the stack of the stage, e.g. latido-prod (npm run infra:values writes it), or name each in aws.queues, aws.topics and aws.tables"
{{- end }}
{{- if and (eq .Values.identity.mode "static") (not .Values.identity.static.existingSecret) }}
- "identity.mode is static and identity.static.existingSecret is empty: set it to the name of a Secret with an access key"
{{- end }}
{{- if eq .Values.identity.mode "irsa" }}
{{- range $service, $_ := (include "latido.topology" . | fromYaml).services }}
{{- if not (index $.Values.identity.roleArns $service) }}
- {{ printf "identity.mode is irsa and identity.roleArns.%s is empty: set it to the ARN of the role of %s (npm run infra:values writes it)" $service $service | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "latido.checkAuth" -}}
{{- $token := .Values.auth.token }}
{{- $oidc := .Values.auth.oidc }}
{{- if $oidc.issuer }}
{{- if or $token.existingSecret $token.value }}
- "auth.oidc.issuer and auth.token are both set: with an identity provider tokens come from there; clear auth.token.existingSecret and auth.token.value"
{{- end }}
{{- range $key := list "jwksUrl" "audience" }}
{{- if not (index $oidc $key) }}
- {{ printf "auth.oidc.issuer is set and auth.oidc.%s is empty: set auth.oidc.%s as well" $key $key | quote }}
{{- end }}
{{- end }}
{{- else if and $token.existingSecret $token.value }}
- "auth.token.existingSecret and auth.token.value are both set: keep existingSecret and clear value"
{{- else if not (or $token.existingSecret $token.value) }}
- "nobody could call the services: set auth.oidc.issuer, .jwksUrl and .audience, or auth.token.existingSecret to a Secret with a token of at least 16 characters (kubectl create secret generic latido-token --from-literal=token=...)"
{{- end }}
{{- end -}}

{{- define "latido.checkWorkloads" -}}
{{- $topology := include "latido.topology" . | fromYaml }}
{{- range $name, $_ := $topology.services }}
{{- $component := include "latido.component" (dict "root" $ "name" $name) | fromYaml }}
{{- $in := dict "root" $ "component" $component }}
{{- $drain := $component.described.drain }}
{{- $visibility := get $component.own.config "CONSUMER_VISIBILITY_SECONDS" | default 600 | int }}
{{- if lt $visibility (int $drain.longestHandlerSeconds) }}
- {{ printf "%s.config.CONSUMER_VISIBILITY_SECONDS is %d, shorter than the longest handler (%v s), so that a message would come again while it is handled: set it to more than %v" $component.key $visibility $drain.longestHandlerSeconds $drain.longestHandlerSeconds | quote }}
{{- end }}
{{- $grace := include "latido.graceSeconds" $in | int }}
{{- $needed := add (include "latido.preStopSeconds" $in) (include "latido.neededStopSeconds" $in) }}
{{- if lt $grace (int $needed) }}
- {{ printf "%s.terminationGracePeriodSeconds is %d, shorter than preStop %s s + longest handler %v s + flush %v s: set it to at least %d" $component.key $grace (include "latido.preStopSeconds" $in) $drain.longestHandlerSeconds $drain.flushSeconds $needed | quote }}
{{- end }}
{{- end }}
{{- $queues := int $topology.monitorReplicas.max }}
{{- if gt (int .Values.heartbeatMonitor.replicas) $queues }}
- {{ printf "heartbeatMonitor.replicas is %v, but the topology has %d heartbeat queues, one a replica: set heartbeatMonitor.replicas to at most %d" .Values.heartbeatMonitor.replicas $queues $queues | quote }}
{{- end }}
{{- end -}}

{{- define "latido.checkAutoscaling" -}}
{{- range $key := list "serviceA" "serviceB" }}
{{- $autoscaling := (index $.Values $key).autoscaling }}
{{- if and $autoscaling.hpa.enabled $autoscaling.keda.enabled }}
- {{ printf "%s.autoscaling.hpa and %s.autoscaling.keda are both enabled, and would fight over the number of pods: keep one, set the other's enabled=false" $key $key | quote }}
{{- end }}
{{- range $by := list "hpa" "keda" }}
{{- $scaler := index $autoscaling $by }}
{{- if and $scaler.enabled (gt (int $scaler.minReplicas) (int $scaler.maxReplicas)) }}
- {{ printf "%s.autoscaling.%s.minReplicas is %v and maxReplicas is %v: set maxReplicas to at least %v" $key $by $scaler.minReplicas $scaler.maxReplicas $scaler.minReplicas | quote }}
{{- end }}
{{- end }}
{{- if and $autoscaling.keda.enabled (eq $.Values.identity.mode "none") (not $.Values.localAws.enabled) }}
- {{ printf "%s.autoscaling.keda is enabled and identity.mode is none, so that KEDA may not ask for the length of the queue: set identity.mode to podIdentity, irsa or static" $key | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "latido.checkSurroundings" -}}
{{- $hostnames := list }}
{{- range $name, $_ := (include "latido.topology" . | fromYaml).services }}
{{- $hostnames = concat $hostnames (include "latido.component" (dict "root" $ "name" $name) | fromYaml).own.hostnames }}
{{- end }}
{{- range $way := list "httpRoute" "ingress" }}
{{- if and (index $.Values $way).enabled (not $hostnames) }}
- {{ printf "%s.enabled is true and no component has hostnames: set serviceA.hostnames, serviceB.hostnames or heartbeatMonitor.hostnames" $way | quote }}
{{- end }}
{{- end }}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) }}
- "httpRoute.enabled is true and httpRoute.parentRefs is empty: set it to the gateway, e.g. [{name: public, namespace: gateway}]"
{{- end }}
{{- if and (eq (toString .Values.monitoring.podMonitor.enabled) "true") (eq (toString .Values.monitoring.serviceMonitor.enabled) "true") }}
- "monitoring.podMonitor and monitoring.serviceMonitor are both enabled, and every sample would count twice: set monitoring.serviceMonitor.enabled=false"
{{- end }}
{{- range include "latido.operatorKinds" . | fromYamlArray }}
{{- if and (eq (toString .enabled) "true") (not ($.Capabilities.APIVersions.Has .kind)) }}
- {{ printf "%s is asked for, but the cluster does not know %s: install %s, or turn the setting off (helm template: add --api-versions %s)" .setting .kind .from .kind | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "latido.checkPages" -}}
{{- $am := .Values.alertmanager }}
{{- $asked := or (eq (toString $am.config.enabled) "true") (and (eq (toString $am.config.enabled) "auto") $am.receivers) }}
{{- if and (eq (toString $am.config.enabled) "false") $am.receivers }}
- "alertmanager.receivers is given and alertmanager.config.enabled is false, so that nobody would hear of it: set alertmanager.config.enabled to auto or true, or clear alertmanager.receivers"
{{- end }}
{{- if $asked }}
{{- range $receiver := include "latido.deafReceivers" . | fromYamlArray }}
{{- if hasPrefix "page-" $receiver }}
- {{ printf "alertmanager.receivers.%s has no address, so that its critical alerts would page nobody: set alertmanager.receivers.%s as charts/latido/values-prod.yaml does, or alertmanager.config.enabled=false" $receiver $receiver | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
