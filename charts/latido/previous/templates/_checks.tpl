{{/* Every reason not to render, each with its fix; all of them are told at once. Takes the root. */}}
{{- define "latido.check" -}}
{{- $problems := concat (include "latido.checkAws" . | fromYamlArray) (include "latido.checkAuth" . | fromYamlArray) (include "latido.checkWorkloads" . | fromYamlArray) -}}
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
