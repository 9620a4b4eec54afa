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
    abstract: "Show terminal, colours, locale, cores and BLAS, and measure this processor's limit.")

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
    try StandardOutput.print("vectors     \(vectors)")
    try StandardOutput.print("BLAS        \(MachinePeak.libraryDescription)")
    try StandardOutput.print(
      "themes      \(ThemeFolders.folders(extra: nil).map(shown).joined(separator: ", "))")
    guard !quick else { return }
    try show(
      "limit", one: ProcessorLimit.measure(threads: 1).gigaflops,
      all: ProcessorLimit.measure().gigaflops,
      "multiply-adds in registers, \(ProcessorLimit.vectors)")
    try show(
      "OpenBLAS", one: MachinePeak.measure(threads: 1).gigaflops,
      all: MachinePeak.measure().gigaflops, "large matrix products")
    let step = Benchmark.measure(
      BenchmarkCase(.step, width: 128, depth: 3, count: 256), rounds: 3)
    try StandardOutput.print(
      "training    width 128, depth 3, batch 256: "
        + "\(Int((step.secondsPerUnit.median * 1e6).rounded())) us a step, "
        + "\(NumberText.short(step.gigaflops.median)) GFLOP/s, "
        + "\(NumberText.short(step.fractionOfLimit.median, digits: 2)) of the limit, "
        + "\(NumberText.short(step.fractionOfOpenBLAS.median, digits: 2)) of OpenBLAS's")
  }

  /// The vectors in use, and what the variable that may forbid the widest says.
  private var vectors: String {
    let used = ProcessorLimit.vectors
    return switch FileName.variable("SCOREFIELD_VECTORS") {
    case nil: used
    case let word? where ["avx2", "baseline"].contains(word):
      "\(used), as SCOREFIELD_VECTORS=\(word) allows"
    case let word?:
      "\(used); SCOREFIELD_VECTORS may be avx2 or baseline, not \(shown(word)), and is not used"
    }
  }

  private func show(_ name: String, one: Double, all: Double, _ what: String) throws {
    try StandardOutput.print(
      name + String(repeating: " ", count: 12 - name.count)
        + "\(NumberText.short(one)) GFLOP/s on one core, \(NumberText.short(all)) on "
        + "\(Parallel.defaultThreads) (\(what))")
  }

  /// Text from the environment, fit for a terminal.
  private func shown(_ text: String) -> String { SafeText.sanitized(text, limit: 200) }
}
