import type * as swagger from '@nestjs/swagger';

type Decorate = (...place: readonly unknown[]) => void;
type Described =
  | 'ApiBearerAuth'
  | 'ApiExcludeController'
  | 'ApiHeader'
  | 'ApiOkResponse'
  | 'ApiOperation'
  | 'ApiParam'
  | 'ApiProduces'
  | 'ApiResponse'
  | 'ApiTags';

const waiting: (() => void)[] = [];

/** Describes what was decorated so far to @nestjs/swagger; before a document is made. */
export function describeApi(): void {
  for (const describe of waiting.splice(0)) describe();
}

/**
 * A decorator of @nestjs/swagger that is applied when somebody asks for /docs: nothing else reads what it says, and the
 * package is a tenth of what a service loads at its start.
 */
function lazily<K extends Described>(name: K): (typeof swagger)[K] {
  const decorator = (...options: readonly unknown[]): Decorate => {
    return (...place) => {
      waiting.push(() => {
        const { [name]: make } = require('@nestjs/swagger') as Record<
          K,
          (...options: readonly unknown[]) => Decorate
        >;
        make(...options)(...place);
      });
    };
  };
  return decorator;
}

export const ApiBearerAuth = lazily('ApiBearerAuth');
export const ApiExcludeController = lazily('ApiExcludeController');
export const ApiHeader = lazily('ApiHeader');
export const ApiOkResponse = lazily('ApiOkResponse');
export const ApiOperation = lazily('ApiOperation');
export const ApiParam = lazily('ApiParam');
export const ApiProduces = lazily('ApiProduces');
export const ApiResponse = lazily('ApiResponse');
export const ApiTags = lazily('ApiTags');
