import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// What stands between a socket and the router, from bytes to requests.
struct HTTPConnection: ServerChildChannel, HTTPChannelHandler {
  typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

  let responder: HTTPChannelHandler.Responder
  let limits: StudioServer.Limits

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      var decoderLimits = NIOHTTPDecoderLimitConfiguration()
      decoderLimits.maxHeaderFieldSize = limits.headerBytes
      decoderLimits.maxHeaderListSize = limits.headerBytes
      decoderLimits.maxHeaderFieldCount = limits.headerFields
      let pipeline = channel.pipeline.syncOperations
      let heads = LatinHeads()
      try pipeline.addHandler(heads)
      // Requests that are sent ahead wait in the asynchronous channel; faults of the protocol are the guard's.
      try pipeline.configureHTTPServerPipeline(
        withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
        withEncoderConfiguration: .init(), withDecoderLimitConfiguration: decoderLimits)
      try pipeline.addHandler(DecoderWatch(heads))
      try pipeline.addHandler(HeadCheck(mostBytes: limits.uploadBytes))
      try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
      try pipeline.addHandler(ConnectionGuard(limits: limits))
      // Ends connections without requests when the server is told to end.
      try pipeline.addHandler(HTTPConnectionStateHandler(logger: logger))
      return try NIOAsyncChannel(
        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }
  }

  func handle(value: Value, logger: Logger) async { await handleHTTP(asyncChannel: value, logger: logger) }
}
