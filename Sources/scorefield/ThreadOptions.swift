import ArgumentParser
import ScoreCore

/// A command whose work is divided among threads.
protocol ThreadedCommand: ParsableCommand {
  /// How many may work.
  var threads: Int { get }
}

extension ParsableCommand {
  /// Runs the command with as many workers as it asks for.
  mutating func runWithWorkers() throws {
    guard let threaded = self as? any ThreadedCommand else { return try run() }
    try Workers.upTo(threaded.threads).use { try run() }
  }
}

/// How many threads may work; shared by every command whose work is divided.
struct ThreadOptions: ParsableArguments {
  @Option(help: "Threads, 1 to 256; they change no bit.")
  var threads = Parallel.defaultThreads

  func validate() throws {
    guard (1...256).contains(threads) else {
      throw ValidationError("--threads must be from 1 to 256.")
    }
  }
}
