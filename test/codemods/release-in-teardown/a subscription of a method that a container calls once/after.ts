import { inject, injectable, postConstruct } from 'inversify';
import { Deployer } from './deployer.js';

@injectable()
export class PluginService {
  @inject(Deployer)
  protected readonly deployer: Deployer;

  protected client: { reload(): void } | undefined;
  private deploySubscription?: { dispose(): void };

  @postConstruct()
  protected init(): void {
    this.deploySubscription = this.deployer.onDidDeploy(() => {
      this.client?.reload();
    });
  }

  dispose(): void {
    this.client = undefined;
    this.deploySubscription?.dispose();
  }
}
