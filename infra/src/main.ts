import { App } from 'aws-cdk-lib';
import { readContext } from './context';
import { ImagesStack } from './images-stack';
import { StageStack } from './stage-stack';
import { STAGES } from './stages';

/** The app: one stack a stage, and one for what all stages share. Nothing here asks AWS for anything. */
const app = new App();
const context = readContext((name) => app.node.tryGetContext(name) as unknown);
new ImagesStack(app, 'latido-images', context);
for (const stage of STAGES) new StageStack(app, `latido-${stage.name}`, stage, context);
