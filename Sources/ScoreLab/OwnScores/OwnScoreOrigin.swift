import OutsideText
public import ScoreCore
import Synchronization

/// Where the score of someone else is.
///
/// Only a command line can name one: no configuration, code or stored run has a value of this type.
public enum OwnScoreOrigin: Sendable, Equatable {
  /// A table in an npz file: ``TabulatedScore``.
  case table(String)
  /// A command line for the shell, and the most seconds of one answer: ``ScoreProgram``.
  case command(String, timeLimit: Double)

  /// What it is called on screens.
  public var name: String {
    switch self {
    case .table(let path):
      SafeText.sanitized(path.split(separator: "/").last.map(String.init) ?? path, limit: 60)
    case .command: "the score command"
    }
  }

  /// Reads the table, or starts the program.
  ///
  /// - Parameters:
  ///   - dimension: The number of coordinates of the distribution.
  ///   - process: The process whose times are asked for.
  ///   - messages: What becomes of what a program writes on standard error.
  /// - Returns: What gives scores.
  /// - Throws: ``DataFileError``, or ``OwnScoreError`` when no process can be made.
  public func open(
    dimension: Int, process: any ForwardProcess, messages: ScoreProgram.Messages
  ) throws -> any OwnScoreSource {
    switch self {
    case .table(let file): try TabulatedScore(file: file, dimension: dimension, process: process)
    case .command(let command, let timeLimit):
      try ScoreProgram(command: command, timeLimit: timeLimit, messages: messages)
    }
  }
}

/// Opens the score of someone else for every session that judges it.
public final class OwnScoreOpener: Sendable {
  private struct Program: Sendable {
    weak let program: ScoreProgram?
  }

  private struct Started {
    var programs: [Program] = []
    /// Whether no other is to be started.
    var isStopped = false
  }

  public let origin: OwnScoreOrigin
  private let started = Mutex(Started())

  public init(_ origin: OwnScoreOrigin) { self.origin = origin }

  /// Reads the table or starts the program anew.
  ///
  /// - Parameters:
  ///   - frame: The units of the distribution's axes.
  ///   - process: The process of the session.
  /// - Returns: The score in model coordinates.
  /// - Throws: ``DataFileError``, or ``OwnScoreError`` when no process can be made.
  func open(frame: CoordinateFrame, process: any ForwardProcess) throws -> OwnScore {
    let source = try origin.open(
      dimension: frame.offset.count, process: process, messages: .kept)
    if let program = source as? ScoreProgram {
      started.withLock { started in
        started.programs.removeAll { $0.program == nil }
        started.programs.append(Program(program: program))
        if started.isStopped { program.stop() }
      }
    }
    return OwnScore(source, frame: frame, process: process)
  }

  /// Ends every program that was started, also one whose answer is waited for, and any that is
  /// started later.
  public func stop() {
    started.withLock { started in
      started.isStopped = true
      for program in started.programs { program.program?.stop() }
    }
  }
}

/// What a screen says of the score that is judged.
public struct JudgedScore: Sendable, Equatable {
  /// Where it is from.
  public var name: String
  /// Why there are no scores any more, in one line; nil while there are.
  public var problem: String?
}
