import ArgumentParser
import Glibc
import ScoreCore
import ScoreLab

/// Refuses an output that is the very data file that the run is made from.
func refuseReplacingData(
  of configuration: RunConfiguration, with output: String, option: String
) throws {
  guard case .text(let data)? = configuration.distribution.parameters["file"],
    let input = realpath(data, nil)
  else { return }
  defer { free(input) }
  guard let target = realpath(output, nil) else { return }
  defer { free(target) }
  guard strcmp(input, target) != 0 else {
    throw ValidationError("\(option) would replace the data that it is made from.")
  }
}
