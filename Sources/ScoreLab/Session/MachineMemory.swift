import Glibc

/// How much memory this process may still have, and what says so.
public struct MachineMemory: Sendable, Equatable {
  public var bytes: Int
  /// Where the limit comes from, such as `ulimit -v`.
  public var source: String

  public init(bytes: Int, source: String) {
    self.bytes = bytes
    self.source = source
  }

  /// The least of what the machine has free, swap included, what is left in the control groups
  /// above this process and what `ulimit` leaves; nil where the system says none of it.
  public static var available: MachineMemory? {
    let groups = controlGroups(of: text("/proc/self/cgroup"))
    return ([machine(text("/proc/meminfo"))] + groups + limits).compactMap { $0 }
      .min { $0.bytes < $1.bytes }
  }

  /// What `/proc/meminfo` calls available, and the free swap.
  static func machine(_ meminfo: String) -> MachineMemory? {
    var kibibytes: [Substring: Int] = [:]
    for line in meminfo.split(separator: "\n") {
      let words = line.split(whereSeparator: { $0 == " " || $0 == ":" })
      if words.count >= 2 { kibibytes[words[0]] = Int(words[1]) }
    }
    guard let available = kibibytes["MemAvailable"] else { return nil }
    return MachineMemory(
      bytes: (available + kibibytes["SwapFree", default: 0]) << 10, source: "free on this machine")
  }

  /// What the control groups of version 2 and the memory group of version 1 leave, this process's
  /// and those above it.
  private static func controlGroups(of file: String) -> [MachineMemory?] {
    file.split(separator: "\n").flatMap { line -> [MachineMemory?] in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return [] }
      let names = parts[2].split(separator: "/").map(String.init)
      let isUnified = parts[0] == "0" && parts[1].isEmpty
      guard isUnified || parts[1].split(separator: ",").contains("memory") else { return [] }
      let root = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      let files =
        isUnified
        ? ("memory.max", "memory.current")
        : ("memory.limit_in_bytes", "memory.usage_in_bytes")
      return (0...names.count).map { depth in
        let folder = ([root] + names.prefix(depth)).joined(separator: "/")
        return group(
          limit: text("\(folder)/\(files.0)"), usage: text("\(folder)/\(files.1)"),
          statistics: text("\(folder)/memory.stat"))
      }
    }
  }

  /// What a control group leaves: its limit less what is used and cannot be dropped.
  static func group(limit: String, usage: String, statistics: String) -> MachineMemory? {
    guard let limit = number(limit), let usage = number(usage) else { return nil }
    let cache = statistics.split(separator: "\n").first { $0.hasPrefix("inactive_file ") }
      .flatMap { number(String($0.dropFirst("inactive_file ".count))) }
    return MachineMemory(
      bytes: max(0, limit - max(0, usage - (cache ?? 0))), source: "left in the control group")
  }

  /// What `ulimit -v` and `ulimit -d` leave.
  private static var limits: [MachineMemory?] {
    let pages = text("/proc/self/statm").split(separator: " ").map { Int($0) ?? 0 }
    guard pages.count >= 6 else { return [] }
    let page = sysconf(Int32(_SC_PAGESIZE))
    return [
      limit(RLIMIT_AS, less: pages[0] * page, "left of ulimit -v"),
      limit(RLIMIT_DATA, less: pages[5] * page, "left of ulimit -d"),
    ]
  }

  private static func limit(
    _ resource: __rlimit_resource, less used: Int, _ source: String
  ) -> MachineMemory? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0,
      let bytes = Int(exactly: limit.rlim_cur)
    else { return nil }
    return MachineMemory(bytes: max(0, bytes - used), source: source)
  }

  private static func number(_ text: String) -> Int? {
    Int(text.prefix { $0.isNumber })
  }

  /// The text of a file of the system; empty where there is none.
  private static func text(_ file: String) -> String {
    (try? FileReader.text(file, limit: 1 << 20)) ?? ""
  }
}
