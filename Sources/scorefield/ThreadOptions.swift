import ArgumentParser
import ScoreCore

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
