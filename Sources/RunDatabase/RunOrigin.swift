import ScoreLab

/// What a run was made by; where it differs, the same bits cannot be promised.
package struct RunOrigin: Sendable, Equatable {
  /// The version of the program.
  package var version: String
  /// The commit it was built from; nil where it is not known.
  package var commit: String?
  /// The processor's name, which decides what machine code products of matrices are made by.
  package var processor: String

  package init(version: String, commit: String?, processor: String = RunOrigin.thisProcessor) {
    self.version = version
    self.commit = commit
    self.processor = processor
  }

  /// The name of this machine's processor, as the system gives it.
  package static let thisProcessor: String = {
    let text = (try? FileReader.text("/proc/cpuinfo", limit: 1 << 22)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    guard let name = line?.split(separator: ":").last else { return "unknown" }
    return name.split(separator: " ").joined(separator: " ")
  }()

  /// What of this differs from another, in words; nil where nothing does.
  package func difference(from other: RunOrigin) -> String? {
    var parts: [String] = []
    if version != other.version || commit != other.commit {
      parts.append("version \(other.programText) here \(programText)")
    }
    if processor != other.processor {
      parts.append("processor \(other.processor) here \(processor)")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private var programText: String { version + (commit.map { " (\($0))" } ?? "") }
}
