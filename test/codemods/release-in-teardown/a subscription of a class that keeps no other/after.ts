import { workspace } from 'vscode';

export class Ruler {
  private width = 80;
  private readonly configurationSubscription: { dispose(): void };

  constructor() {
    this.configurationSubscription = workspace.onDidChangeConfiguration(() => {
      this.width += 1;
    });
  }

  dispose(): void {
    this.configurationSubscription.dispose();
    this.width = 0;
  }
}
