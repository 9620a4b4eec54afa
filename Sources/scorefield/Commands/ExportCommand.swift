import ArgumentParser
import BuildInformation
import CommandLineTool
import OutsideText
import ScoreLab

/// `scorefield export RUN --python DIR`: the score network for other programs.
struct ExportCommand: ThreadedCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a folder from which Python uses the weights of a run, with numpy alone.",
    discussion: """
      The folder gets weights.safetensors, scorefield_score.py, which reproduces the score and \
      the sampler ddim, and an example as example.py and example.ipynb. Files of these names are \
      replaced. docs/weights.md says what is in the weights. A run that is kept is brought to its \
      end first.

        scorefield export two_moons-3 --python model
        scorefield export run.safetensors --python model
      """)

  @Argument(
    help: ArgumentHelp(
      "A run that is kept, or a file that `scorefield train --save-weights` wrote.",
      valueName: "run"))
  var reference: String

  @Option(help: "The folder to write; it is made where it is missing.")
  var python: String

  @OptionGroup var threading: ThreadOptions
  @OptionGroup var store: RunsCommand.Store

  var threads: Int { threading.threads }

  func run() throws {
    let file =
      if FileReader.exists(reference) {
        try WeightsFile.read(reference)
      } else {
        try KeptRun(RunChoice(reference), in: store.choice).weights(threads: threads)
      }
    let names = try PythonModule(path: python).write(
      file, origin: "scorefield \(BuildInformation.version)")
    try StandardOutput.print(
      "wrote \(names.joined(separator: ", ")) in \(SafeText.sanitized(python, limit: 200))")
  }
}
