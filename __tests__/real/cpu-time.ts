/** Milliseconds of CPU time that this thread has used: however busy the machine is, the same work takes the same. */
export function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
