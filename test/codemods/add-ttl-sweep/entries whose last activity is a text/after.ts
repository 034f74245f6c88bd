/** How long an entry of agents may go unused. */
const AGENT_TTL_MS = 30 * 60 * 1000;
/** How often unused entries of agents are looked for. */
const AGENT_SWEEP_MS = 60 * 1000;

interface AgentInfo {
  agentId: string;
  lastActivityAt: string;
}

export class AgentWatcher {
  private readonly agents = new Map<string, AgentInfo>();
  private readonly agentSweep: ReturnType<typeof setInterval>;

  constructor() {
    this.agentSweep = setInterval(() => this.sweepAgents(), AGENT_SWEEP_MS);
    this.agentSweep.unref?.();
  }

  found(agentId: string): void {
    this.agents.set(agentId, { agentId, lastActivityAt: new Date().toISOString() });
  }

  heard(agentId: string): void {
    const agent = this.agents.get(agentId);
    if (agent) agent.lastActivityAt = new Date().toISOString();
  }

  recent(minutes: number): AgentInfo[] {
    const cutoff = Date.now() - minutes * 60 * 1000;
    return [...this.agents.values()].filter((agent) => new Date(agent.lastActivityAt).getTime() > cutoff);
  }

  stop(): void {
    clearInterval(this.agentSweep);
    this.agents.clear();
  }

  /** Lets go of the entries of agents that went unused for too long. */
  private sweepAgents(): void {
    const now = Date.now();
    for (const [agentId, agent] of this.agents) {
      if (now - Date.parse(agent.lastActivityAt) >= AGENT_TTL_MS) {
        this.agents.delete(agentId);
      }
    }
  }
}

export const watcher = new AgentWatcher();
