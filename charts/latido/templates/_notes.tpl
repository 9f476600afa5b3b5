{{/* What was asked for by `auto` and cannot be made, as a list. Takes the root. */}}
{{- define "latido.missing" -}}
{{- range include "latido.operatorKinds" . | fromYamlArray }}
{{- if and (eq (toString .enabled) "auto") (not ($.Capabilities.APIVersions.Has .kind)) }}
- {{ printf "%s, because the cluster does not know %s: install %s and upgrade this release" .setting .kind .from | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Whom no alert reaches, though Alertmanager is told of this release; as a list. Takes the root. */}}
{{- define "latido.unheard" -}}
{{- if include "latido.alertmanagerConfigIsMade" . | eq "true" }}
{{- with include "latido.deafReceivers" . | fromYamlArray }}
- {{ printf "no address for %s: set alertmanager.receivers, as charts/latido/values-prod.yaml does" (join ", " .) | quote }}
{{- end }}
{{- if not (include "latido.writerToken" .) }}
- "the console hears of no alert, because the monitor takes notifications with a token only: set auth.writer.existingSecret to a Secret with a token of the role writer"
{{- end }}
{{- end }}
{{- end -}}

{{/* What is lost when the embedded AWS starts anew, if it does. Takes the root. */}}
{{- define "latido.localAwsRestart" -}}
{{- if .Values.localAws.enabled -}}
{{- $component := include "latido.component" (dict "root" . "name" "local-aws") | fromYaml -}}
{{- $in := dict "root" . "component" $component -}}
{{- $image := include "latido.localAwsImage" $in -}}
{{- $live := include "latido.liveLocalAws" . | fromYaml -}}
{{- if $live -}}
{{- $running := (first $live.spec.template.spec.containers).image -}}
{{- $hash := get ($live.metadata.annotations | default dict) (include "latido.localAwsPodHash" .) -}}
{{- $started := "" -}}
{{- if ne $running $image -}}
{{- $started = printf "goes from %s to %s and starts anew" $running $image -}}
{{- else if and $hash (ne $hash (include "latido.localAwsPod" $in | sha256sum)) -}}
{{- $started = "has another pod with these values or this chart and starts anew" -}}
{{- end -}}
{{- with $started -}}
the embedded AWS {{ . }}
{{- if include "latido.localAwsPersistent" $ | eq "true" }}; its volume keeps queues and tables.
{{- else }}; without a volume (localAws.persistence.enabled) all queues and tables are lost with it.
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* How somebody at a shell gets a token. Takes the root. */}}
{{- define "latido.tokenHint" -}}
{{- if .Values.auth.oidc.issuer -}}
$TOKEN
{{- else -}}
$(kubectl -n {{ .Release.Namespace }} get secret {{ include "latido.tokenSecretName" . }} -o jsonpath='{.data.{{ .Values.auth.token.key | replace "." "\\." }}}' | base64 -d)
{{- end -}}
{{- end -}}
