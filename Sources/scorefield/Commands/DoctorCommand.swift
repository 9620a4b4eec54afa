import ArgumentParser
import CommandLineTool
import CursesTerminal
import NumberFormatting
import OutsideText
import ScoreCore
import ScoreLab
import TermPlot

/// `scorefield doctor`: what this machine and terminal can do.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show terminal, colours, locale, cores and BLAS, and measure this machine's peak.")

  @Flag(help: "Leave out the measurements.")
  var quick = false

  func run() throws {
    let terminal = TerminalCapabilities.detect()
    try StandardOutput.print(
      "terminal    TERM=\(shown(terminal.name)), terminfo entry \(shown(terminal.entryName))")
    if let problem = terminal.problem {
      try StandardOutput.print("            ! \(shown("\(problem)"))")
    }
    try StandardOutput.print(
      "colours     \(terminal.colorTier.rawValue) (\(terminal.colors) in the entry)")
    try StandardOutput.print(
      "locale      \(shown(terminal.codeset)), plot marks \(terminal.marks.rawValue)")
    if let memory = MachineMemory.available {
      try StandardOutput.print("memory      \(memory.bytes >> 20) MiB \(memory.source)")
    }
    try StandardOutput.print("cores       \(Parallel.defaultThreads) usable")
    try StandardOutput.print("BLAS        \(MachinePeak.libraryDescription)")
    try StandardOutput.print(
      "themes      \(ThemeFolders.folders(extra: nil).map(shown).joined(separator: ", "))")
    guard !quick else { return }
    let one = MachinePeak.measure(threads: 1)
    let all = MachinePeak.measure()
    try StandardOutput.print(
      "sgemm peak  \(NumberText.short(one.gigaflops)) GFLOP/s on one core, ", terminator: "")
    try StandardOutput.print("\(NumberText.short(all.gigaflops)) on \(all.threads)")
    let step = Benchmark.measure(
      BenchmarkCase(.step, width: 128, depth: 3, count: 256), rounds: 3)
    try StandardOutput.print(
      "training    width 128, depth 3, batch 256: "
        + "\(Int((step.secondsPerUnit.median * 1e6).rounded())) us a step, "
        + "\(NumberText.short(step.gigaflops.median)) GFLOP/s, "
        + "\(NumberText.short(step.fractionOfPeak.median, digits: 2)) of the peak")
  }

  /// Text from the environment, fit for a terminal.
  private func shown(_ text: String) -> String { SafeText.sanitized(text, limit: 200) }
}
