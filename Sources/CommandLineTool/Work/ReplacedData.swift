import OutsideText
import ScoreCore
package import ScoreLab

/// Refuses an output that is the very data file that the run is made from.
package func refuseReplacingData(
  of configuration: RunConfiguration, with output: String, option: String
) throws {
  guard case .text(let data)? = configuration.distribution.parameters["file"],
    let input = FileName.resolved(data), let target = FileName.resolved(output)
  else { return }
  guard FileName.systemName(input) != FileName.systemName(target) else {
    throw Failure.Usage("\(option) would replace the data that it is made from.")
  }
}
