import { type Disposable, window, workspace } from 'vscode';

export class Decorations {
  private readonly disposables: Disposable[] = [];

  constructor() {
    this.disposables.push(window.onDidChangeActiveTextEditor(() => this.refresh()));
    workspace.onDidChangeConfiguration(() => {
      this.refresh();
    });
  }

  private refresh(): void {
    console.log(this.disposables.length);
  }

  dispose(): void {
    this.disposables.forEach((disposable) => disposable.dispose());
  }
}
