export {
  VERSION_STORE,
  VERSIONED_VALUE,
  VersionedValueModule,
  type VersionedValueModuleFactory,
  type VersionedValueModuleOptions,
} from './versioned-value.module';
