import { Global, Module } from '@nestjs/common';
import { KnownVersions } from './known-versions';

/** One memory of versions a process: receipts write it, the query for current state reads it. */
@Global()
@Module({
  providers: [{ provide: KnownVersions, useFactory: () => new KnownVersions() }],
  exports: [KnownVersions],
})
export class KnownVersionsModule {}
