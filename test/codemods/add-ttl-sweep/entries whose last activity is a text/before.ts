interface AgentInfo {
  agentId: string;
  lastActivityAt: string;
}

export class AgentWatcher {
  private readonly agents = new Map<string, AgentInfo>();

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
    this.agents.clear();
  }
}

export const watcher = new AgentWatcher();
