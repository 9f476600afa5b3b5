import { Aws } from 'aws-cdk-lib';
import {
  FederatedPrincipal,
  type IPrincipal,
  ServicePrincipal,
  SessionTagsPrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { InfraContext } from './context';

/** Whose pods a role is for. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Who may take a role: the pods of one service account, and nobody else.
 *
 * With an OIDC issuer the cluster's own tokens say so (IRSA); otherwise EKS says it (Pod Identity), which
 * names namespace and service account in the tags of the session.
 */
export function podPrincipal({ namespace, name }: ServiceAccount, { oidcIssuer }: InfraContext): IPrincipal {
  if (oidcIssuer !== undefined)
    return new FederatedPrincipal(
      `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:oidc-provider/${oidcIssuer}`,
      {
        StringEquals: {
          [`${oidcIssuer}:sub`]: `system:serviceaccount:${namespace}:${name}`,
          [`${oidcIssuer}:aud`]: 'sts.amazonaws.com',
        },
      },
      'sts:AssumeRoleWithWebIdentity',
    );
  const pods = new ServicePrincipal('pods.eks.amazonaws.com', {
    conditions: {
      StringEquals: {
        'aws:SourceAccount': Aws.ACCOUNT_ID,
        'aws:RequestTag/kubernetes-namespace': namespace,
        'aws:RequestTag/kubernetes-service-account': name,
      },
    },
  });
  return new SessionTagsPrincipal(pods);
}
