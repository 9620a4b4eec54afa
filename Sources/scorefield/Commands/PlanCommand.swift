import ArgumentParser
import CommandLineTool
import Glibc
import ScoreClaims
import ScoreLab

/// `scorefield plan`: what the theorems ask for at given sizes and accuracies.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Steps, samples and approximation that the theorems ask for, as orders.",
    discussion: """
      Every number is an order, constant unknown: the theorems of Gupta et al. (arXiv:2311.13745) \
      leave constants and logarithms open, and here each is 1 unless set (constant, logarithms). \
      No experiment's verdict uses these numbers. A table on a terminal, CSV otherwise.

        scorefield plan --set d=64 --set eps=0.05 --set parameters=1e6

      Values that can be set:
      \(PlanCommand.keys)
      """)

  @Option(
    name: .long, parsing: .singleValue, help: "Set a value, such as --set eps=0.01.")
  var set: [String] = []

  @Flag(help: "CSV even on a terminal.")
  var csv = false

  @Flag(help: "One JSON object a line, a number each.")
  var json = false

  func validate() throws {
    guard !(csv && json) else { throw ValidationError("--csv and --json exclude one another.") }
  }

  func run() throws {
    let plan = TheoremPlan(try PlanValues().setting(set))
    if json {
      for row in plan.rows { try StandardOutput.print(PlanPrinter.line(row)) }
    } else if csv || isatty(STDOUT_FILENO) == 0 {
      try StandardOutput.print(plan.csv, terminator: "")
    } else {
      for line in PlanPrinter.table(plan) { try StandardOutput.print(line) }
    }
  }

  private static var keys: String {
    PlanValues.descriptions.map { "  \($0.path): \($0.summary); \($0.allowed)" }
      .joined(separator: "\n")
  }
}
