import ArgumentParser
import BuildInformation
import CommandLineTool
import OutsideText
import ScoreLab

/// `scorefield export FILE --python DIR`: the score network for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a folder from which Python uses the weights of a run, with numpy alone.",
    discussion: """
      The folder gets weights.safetensors, scorefield_score.py, which reproduces the score and \
      the sampler ddim, and example.py. Files of these names are replaced. docs/weights.md says \
      what is in the weights.

        scorefield train my.yaml --save-weights run.safetensors
        scorefield export run.safetensors --python model
      """)

  @Argument(help: "Weights that `scorefield train --save-weights` wrote.")
  var weights: String

  @Option(help: "The folder to write; it is made where it is missing.")
  var python: String

  func run() throws {
    let file = try WeightsFile.read(weights)
    let names = try PythonModule(path: python).write(
      file, origin: "scorefield \(BuildInformation.version)")
    try StandardOutput.print(
      "wrote \(names.joined(separator: ", ")) in \(SafeText.sanitized(python, limit: 200))")
  }
}
