import { Module } from '@nestjs/common';
import { KnownVersions } from '../receipts/known-versions';
import { ServiceBClient } from './service-b-client';
import { SubjectReader } from './subject-reader';
import { SubjectsController } from './subjects.controller';

/** GET /subjects/{subject}. */
@Module({
  controllers: [SubjectsController],
  providers: [
    ServiceBClient,
    {
      provide: SubjectReader,
      inject: [ServiceBClient, KnownVersions],
      useFactory: (client: ServiceBClient, known: KnownVersions) =>
        new SubjectReader({ ask: async (subject) => client.ask(subject), known }),
    },
  ],
})
export class SubjectsModule {}
