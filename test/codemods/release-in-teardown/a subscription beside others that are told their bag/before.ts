import { type Disposable, window, workspace } from 'vscode';

export class Rulers {
  private readonly disposables: Disposable[] = [];

  constructor() {
    window.onDidChangeActiveTextEditor(this.refresh, this, this.disposables);
    workspace.onDidChangeConfiguration(this.refresh, this);
  }

  private refresh(): void {
    console.log(this.disposables.length);
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }
}
