/** A case of a codemod as a program that runs: a fresh copy of its module, as it is before or after the repair. */
export async function programOf<Module>(folder: string, state: 'before' | 'after'): Promise<Module> {
  copies++;
  return (await import(/* @vite-ignore */ `./${folder}/${state}.ts?copy=${copies}`)) as Module;
}

let copies = 0;
