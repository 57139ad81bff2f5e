extension ClientCoverageTests {
  /// Tests, and the calls that each drives, by their signature in the sources.
  static let tests: [String: [String]] = [
    "projectsAreThoseOfTheServer": [
      "StudioClient.projects()",
      "StudioClient.projectID()",
      "StudioClient.currentKey()",
      "StudioClient.projectSummary(project:)",
      "StudioClient.developmentKeys(project:)",
      "StudioClient.socketToken(project:)",
    ],
    "dataIsDescribed": [
      "StudioClient.projectInfo(project:impulse:truncatesLabels:datasetVersion:)",
      "StudioClient.dataAxes(project:includesDisabled:includesUnprocessed:datasetVersion:)",
      "StudioClient.dataSummary(project:includesDisabled:includesUnprocessed:datasetVersion:truncatesLabels:)",
      "StudioClient.recommendedInterval(project:datasetVersion:)",
    ],
    "disabledRecordingsCountWhereWanted": [
      "StudioClient.lastModification(project:)"
    ],
    "impulseIsTheFiles": [
      "StudioClient.impulse(project:impulse:)",
      "StudioClient.impulseWithAllBlocks(project:impulse:)",
      "StudioClient.impulses(project:)",
      "StudioClient.dspBlocks(project:impulse:)",
      "StudioClient.newBlockID(project:)",
      "StudioClient.blockCatalogue(project:)",
    ],
    "impulseChangesAreWritten": [
      "StudioClient.createImpulse(project:_:impulse:)",
      "StudioClient.updateImpulse(project:_:impulse:)",
    ],
    "whatHasNoUseHereIsRefusedInWords": [
      "StudioClient.deleteImpulse(project:impulse:)",
      "StudioClient.verifyBlock(project:url:)",
    ],
    "configurationIsReadAndSet": [
      "StudioClient.dspConfiguration(project:block:)",
      "StudioClient.setDSPConfiguration(project:block:_:)",
    ],
    "featuresAreThoseOfTheEngine": [
      "StudioClient.features(project:block:sample:)",
      "StudioClient.featureLabels(project:block:)",
      "StudioClient.runDSPReadOnly(project:block:sample:start:end:)",
      "StudioClient.runDSP(project:block:on:parameters:graphs:performance:)",
    ],
    "runsStoreParametersWhereWanted": [
      "StudioClient.runDSP(project:block:sample:start:end:parameters:storesParameters:)"
    ],
    "blocksSeeTheRowsOfTheFile": [
      "StudioClient.dspRawSample(project:block:sample:limit:truncatesLabels:usesCache:)",
      "StudioClient.dspSampleSlice(project:block:sample:start:end:truncatesLabels:)",
    ],
    "costsAreMeasuredAndEstimated": [
      "StudioClient.dspPerformance(project:block:)",
      "StudioClient.profileCustomBlock(project:block:parameters:)",
      "StudioClient.profilingResult(project:job:)",
    ],
    "suggestionsWork": [
      "StudioClient.autotune(project:_:)",
      "StudioClient.autotunerResults(project:block:)",
    ],
    "downloadsAreThoseOfTheEngine": [
      "StudioClient.downloadFeatures(project:block:category:raw:to:)",
      "StudioClient.downloadLabels(project:block:category:to:)",
      "StudioClient.downloadArtifact(project:block:key:to:)",
    ],
    "metadataFitsTheArrays": [
      "StudioClient.dspMetadata(project:block:leavesOutSamples:category:)",
      "StudioClient.clearDSPBlock(project:block:)",
    ],
    "explorerShowsTheArrays": [
      "StudioClient.trainedFeatures(project:block:category:axes:)"
    ],
    "importanceNamesTheFeatures": [
      "StudioClient.featureImportance(project:block:)"
    ],
    "logsComeWholeAndCut": [
      "StudioClient.generateFeatures(project:_:)",
      "StudioClient.followJob(project:job:interval:output:)",
      "StudioClient.jobLog(project:job:limit:level:)",
      "StudioClient.jobLogText(project:job:limit:level:)",
    ],
    "listsAreFiltered": [
      "StudioClient.allJobs(project:from:to:limit:offset:rootOnly:key:category:finished:)",
      "StudioClient.finishedJobs(project:from:to:limit:offset:rootOnly:)",
      "StudioClient.jobSummary(project:from:to:)",
    ],
    "jobsThatWaitAreCancelled": [
      "StudioClient.activeJobs(project:rootOnly:)",
      "StudioClient.cancelJob(project:job:force:)",
      "StudioClient.waitForJob(project:job:interval:limit:)",
      "StudioClient.job(project:job:)",
    ],
    "listsAndCountsAgree": [
      "StudioClient.samples(project:category:filter:limit:offset:excludesSensors:truncatesLabels:sortedBy:proposedActionsJob:)"
    ],
    "filtersSelect": [
      "StudioClient.sampleCount(project:category:filter:)"
    ],
    "valuesAndFilesAreThoseOfTheFolder": [
      "StudioClient.sample(project:sample:limit:cacheKey:impulse:truncatesLabels:datasetVersion:proposedActionsJob:)",
      "StudioClient.sampleSlice(project:sample:start:end:impulse:datastream:truncatesLabels:datasetVersion:)",
      "StudioClient.downloadRaw(project:sample:datasetVersion:to:)",
      "StudioClient.downloadAudio(project:sample:axis:start:end:cacheKey:datasetVersion:to:)",
      "StudioClient.downloadVideo(project:sample:afterInputBlock:cacheKey:impulse:datastream:datasetVersion:to:)",
    ],
    "recordingsAreFoundByName": [
      "StudioClient.sampleIDs(project:fileName:match:category:labels:workers:)",
      "StudioClient.fileName(project:sample:)",
    ],
    "editsAreWritten": [
      "StudioClient.renameSample(project:sample:to:)",
      "StudioClient.setSampleLabel(project:sample:_:)",
      "StudioClient.setStructuredLabels(project:sample:_:)",
      "StudioClient.moveSample(project:sample:to:)",
      "StudioClient.setSampleMetadata(project:sample:_:)",
      "StudioClient.sampleMetadata(project:category:)",
      "StudioClient.setSampleEnabled(project:sample:_:)",
    ],
    "deletedRecordingsAreGone": [
      "StudioClient.deleteSample(project:sample:)",
      "StudioClient.deleteSampleIfPresent(project:sample:)",
      "StudioClient.deleteSamples(project:fileName:match:category:)",
      "StudioClient.deleteAllSamples(project:category:)",
    ],
    "describedRecordingsArriveWhole": [
      "StudioClient.upload(_:options:)",
      "UploadSample.init(_:fileName:category:label:boundingBoxes:metadata:structuredLabels:)",
    ],
    "foldersArriveWithTheirLabels": [
      "StudioClient.uploadFolder(_:category:label:metadata:batchSize:options:transform:)",
      "StudioClient.uploadPlainFolder(_:category:label:metadata:batchSize:options:transform:)",
      "StudioClient.uploadExportedFolder(_:batchSize:options:transform:)",
      "UploadSample.samples(inFolder:category:label:metadata:)",
    ],
    "downloadsHoldTheSameValues": [
      "StudioClient.downloadSamples(project:ids:to:workers:progress:)",
      "StudioClient.downloadImage(project:sample:afterInputBlock:cacheKey:impulse:datastream:datasetVersion:to:)",
    ],
    "largeFilesAreSentFromDisk": [
      "UploadSample.init(file:)",
      "UploadSample.inferLabelAndCategory(path:)",
    ],
    "tablesBecomeRecordings": [
      "UploadSample.init(table:axes:labelColumn:intervalMs:timestampColumn:label:metadata:category:fileName:)",
      "UploadSample.samples(grouped:by:timeColumn:axes:roles:)",
      "UploadSample.samples(rowsOf:features:roles:)",
      "UploadSample.samples(wide:axes:length:intervalMs:roles:)",
      "UploadSample.samples(wide:from:intervalMs:axis:roles:)",
    ],
    "arraysBecomeRecordings": [
      "UploadSample.init(values:sensors:intervalMs:deviceType:deviceName:)",
      "UploadSample.samples(array:labels:sensors:intervalMs:category:metadata:)",
      "UploadSample.samples(arrays:labels:sensors:intervalMs:category:metadata:)",
    ],
    "keysAreChecked": [
      "StudioClient.init(_:)"
    ],
    "callsOfOnesOwnAreRun": [
      "StudioClient.run(_:)",
      "StudioClient.text(_:)",
      "StudioClient.download(_:to:format:)",
    ],
  ]
}
