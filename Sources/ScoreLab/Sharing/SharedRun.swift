import ScoreCore

/// A run as it is handed on: where it starts, and what was changed on the way at which steps.
///
/// It takes three forms: a code of one line, a YAML file, and the log that a session follows.
public struct SharedRun: Sendable, Equatable {
  /// A change, and the number of training steps executed before it.
  public struct Edit: Sendable, Equatable {
    public enum Change: Sendable, Equatable {
      /// Keys of the configuration, as `--set` takes them.
      case set([String])
      /// Going on from the last good state after a divergence.
      case resume
    }

    public var executedSteps: Int
    public var change: Change

    public init(executedSteps: Int, change: Change) {
      self.executedSteps = executedSteps
      self.change = change
    }
  }

  public var start: RunConfiguration
  /// In the order in which they are made.
  public var edits: [Edit]

  public init(_ start: RunConfiguration, edits: [Edit] = []) {
    self.start = start
    self.edits = edits
  }

  /// Hands on what was done to a run.
  public init(_ log: RunLog) {
    start = log.start
    var before = log.start
    edits = log.entries.map { entry in
      switch entry.action {
      case .resumeAfterDivergence:
        return Edit(executedSteps: entry.executedSteps, change: .resume)
      case .configure(let after):
        defer { before = after }
        return Edit(
          executedSteps: entry.executedSteps, change: .set(after.assignments(from: before)))
      }
    }
  }

  /// What a session follows.
  ///
  /// - Parameter origin: Where the run comes from, for messages.
  /// - Returns: The log of a run with these edits.
  /// - Throws: ``ConfigurationError`` for an edit that does not fit, needs a restart or goes back in
  ///   time.
  public func log(origin: String = "edits") throws(ConfigurationError) -> RunLog {
    var log = RunLog(start: start)
    var current = start
    for (index, edit) in edits.enumerated() {
      func failure(_ message: String) -> ConfigurationError {
        ConfigurationError(file: origin, path: "edits.\(index + 1)", message: message)
      }
      let last = log.entries.last?.executedSteps ?? 0
      guard edit.executedSteps >= last else {
        throw failure("expected a step from \(last) on, found \(edit.executedSteps)")
      }
      switch edit.change {
      case .resume:
        log.entries.append(
          .init(executedSteps: edit.executedSteps, action: .resumeAfterDivergence))
      case .set(let assignments):
        let next = try current.setting(assignments, origin: origin)
        guard !next.requiresRestart(comparedTo: current) else {
          throw failure("a change that acts in a new run alone; it belongs to the start")
        }
        current = next
        log.entries.append(
          .init(executedSteps: edit.executedSteps, action: .configure(current)))
      }
    }
    return log
  }

  /// The files that the distribution is made from.
  public var dataFiles: [String] {
    func files(_ value: ParameterValue) -> [String] {
      switch value {
      case .number, .flag, .text: return []
      case .list(let items): return items.flatMap(files)
      case .map(let entries):
        return entries.sorted { $0.key < $1.key }.flatMap { key, value in
          if key == "file", case .text(let path) = value { return [path] }
          return files(value)
        }
      }
    }
    return files(.map(start.distribution.parameters))
  }
}

extension RunConfiguration {
  /// This configuration with some keys set, and errors that name where they came from.
  func setting(
    _ assignments: [String], origin: String
  ) throws(ConfigurationError) -> RunConfiguration {
    do throws(ConfigurationError) {
      return try setting(assignments)
    } catch {
      throw ConfigurationError(
        file: origin, line: error.line, path: error.path, message: error.message)
    }
  }
}
