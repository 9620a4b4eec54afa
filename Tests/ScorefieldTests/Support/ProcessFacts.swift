import Foundation

/// What the kernel reports of a process.
struct ProcessFacts {
  var id: pid_t

  /// The processes this one started, oldest first.
  var children: [ProcessFacts] {
    text("task/\(id)/children").split(separator: " ").compactMap { pid_t($0) }
      .map(ProcessFacts.init)
  }

  /// Everything it has written so far, to whatever descriptor, in bytes.
  var bytesWritten: Int? { number(behind: "wchar:", in: "io") }

  /// The most memory it has had so far, in kB.
  var peakMemory: Int? { number(behind: "VmHWM:", in: "status") }

  private var threads: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/task")) ?? []
  }

  /// How often its threads gave up the processor to wait.
  var voluntarySwitches: Int {
    threads.compactMap { number(behind: "voluntary_ctxt_switches:", in: "task/\($0)/status") }
      .reduce(0, +)
  }

  /// Whether one of its threads computes, or would if it got a processor.
  var isComputing: Bool {
    threads.contains { text("task/\($0)/stat").contains(") R ") }
  }

  /// The letter of its state, such as `T` for stopped; nil when it is gone.
  var state: String? {
    let words = text("stat").split(separator: " ")
    return words.count > 2 ? String(words[2]) : nil
  }

  /// Whether it has set up its own answer to SIGINT.
  var catchesInterrupts: Bool { has(SIGINT, inMask: "SigCgt:") }

  /// Whether it throws a signal away.
  func ignores(_ signal: Int32) -> Bool { has(signal, inMask: "SigIgn:") }

  private func has(_ signal: Int32, inMask label: String) -> Bool {
    for line in text("status").split(separator: "\n") where line.hasPrefix(label) {
      let mask = UInt64(line.dropFirst(label.count).filter { !$0.isWhitespace }, radix: 16) ?? 0
      return mask & 1 << UInt64(signal - 1) != 0
    }
    return false
  }

  private func number(behind label: String, in file: String) -> Int? {
    for line in text(file).split(separator: "\n") where line.hasPrefix(label) {
      return Int(line.dropFirst(label.count).filter(\.isNumber))
    }
    return nil
  }

  private func text(_ file: String) -> String {
    (try? String(contentsOfFile: "/proc/\(id)/\(file)", encoding: .utf8)) ?? ""
  }
}
