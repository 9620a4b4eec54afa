import BuildInformation
import CTerminalGuard
import OutsideText
package import ReportFiles
package import ScoreClaims
import ScoreLab

extension ExperimentDriver {
  /// Works to the end with a progress line.
  ///
  /// - Parameter label: What stands in front of the progress; empty where only one experiment runs.
  /// - Throws: Status 130 after Ctrl-C, or what a unit or its file throws.
  package mutating func finish(showing label: String) throws {
    var line = ProgressLine(on: .errors)
    let start = ContinuousClock.now
    let first = unitsDone
    while !isFinished {
      try step()
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      line.show(self, label: label, unitsPerSecond: Double(unitsDone - first) / max(seconds, 1e-9))
      guard sf_interrupted() == 0 else {
        line.finish("interrupted; the same command resumes with what is finished")
        throw Failure.Interrupted()
      }
    }
    line.clear()
  }
}

extension ReportFolder {
  /// Writes the report with the command and the program that make it again.
  package func writeOrFail(_ report: ExperimentReport) throws(Failure.Failed) {
    let command = "scorefield experiment \(FileName.shellWord("\(path)/configuration.yaml"))"
    do throws(FileError) {
      try write(report, command: command, program: BuildInformation.text)
    } catch {
      throw Failure.Failed(message: "\(error)")
    }
  }
}
