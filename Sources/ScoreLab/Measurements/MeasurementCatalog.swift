/// Every measurement, after those whose values it depends on.
public enum MeasurementCatalog {
  public static let all: [any Measurement.Type] = [
    NoisedDataMeasurement.self,
    FloorMeasurement.self,
    HeldOutMeasurement.self,
    ProbeMeasurement.self,
    SamplesMeasurement.self,
    SampleErrorsMeasurement.self,
    ExactScoreRunMeasurement.self,
    ExactFieldMeasurement.self,
    LearnedFieldMeasurement.self,
    LearnedDensityMeasurement.self,
    WalksMeasurement.self,
    PlacedWalksMeasurement.self,
  ]
}
