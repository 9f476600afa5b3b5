{{/*
How KEDA may ask for the length of a queue. Pod Identity is given to pods, so KEDA's operator uses its own role; with IRSA it
takes the role of the service it scales. Takes root and component.
*/}}
{{- define "latido.kedaAuthentication" -}}
{{- $identity := .root.Values.identity -}}
{{- if .root.Values.localAws.enabled -}}
secretTargetRef:
  {{- $secret := include "latido.name" (dict "root" .root "suffix" "local-aws-keys") }}
  - { parameter: awsAccessKeyID, name: {{ $secret }}, key: access-key-id }
  - { parameter: awsSecretAccessKey, name: {{ $secret }}, key: secret-access-key }
{{- else if eq $identity.mode "static" -}}
secretTargetRef:
  - { parameter: awsAccessKeyID, name: {{ $identity.static.existingSecret }}, key: {{ $identity.static.accessKeyIdKey }} }
  - { parameter: awsSecretAccessKey, name: {{ $identity.static.existingSecret }}, key: {{ $identity.static.secretAccessKeyKey }} }
{{- else if eq $identity.mode "irsa" -}}
podIdentity: { provider: aws, identityOwner: workload }
{{- else -}}
podIdentity: { provider: aws, identityOwner: keda }
{{- end -}}
{{- end -}}
