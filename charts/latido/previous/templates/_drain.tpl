{{/*
How long a pod has to stop, in seconds:

    told to stop                                            killed
    | preStop | longest handler | flush | spare              |
    |<------- terminationGracePeriodSeconds ---------------->|

Each takes root and component.
*/}}
{{- define "latido.preStopSeconds" -}}
{{- $own := .component.own -}}
{{- kindIs "invalid" $own.preStopSeconds | ternary .component.described.drain.preStopSeconds $own.preStopSeconds -}}
{{- end -}}

{{/* Longest handler and flush: what the process needs from its SIGTERM on. */}}
{{- define "latido.neededStopSeconds" -}}
{{- $drain := .component.described.drain -}}
{{- add $drain.longestHandlerSeconds $drain.flushSeconds -}}
{{- end -}}

{{- define "latido.graceSeconds" -}}
{{- $own := .component.own -}}
{{- $own.terminationGracePeriodSeconds | default (add (include "latido.preStopSeconds" .) (include "latido.neededStopSeconds" .) 5) -}}
{{- end -}}

{{/* What the process may take before it gives up by itself, a second before it is killed. */}}
{{- define "latido.stopSeconds" -}}
{{- max (include "latido.neededStopSeconds" . | int) (sub (include "latido.graceSeconds" . | int) (add 1 (include "latido.preStopSeconds" .))) -}}
{{- end -}}
