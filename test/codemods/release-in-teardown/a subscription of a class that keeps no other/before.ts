import { workspace } from 'vscode';

export class Ruler {
  private width = 80;

  constructor() {
    workspace.onDidChangeConfiguration(() => {
      this.width += 1;
    });
  }

  dispose(): void {
    this.width = 0;
  }
}
