{{/*
How KEDA may ask for the length of a queue: by the role of its own operator, which infra/ makes with nothing but that right. The role
of a service is for the pods of that service alone, whoever vouches for them (Pod Identity, IRSA). Takes root and component.
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
{{- else -}}
podIdentity: { provider: aws, identityOwner: keda }
{{- end -}}
{{- end -}}
