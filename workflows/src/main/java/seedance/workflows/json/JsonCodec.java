package seedance.workflows.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/** What Jackson reads and writes {@link Json} with, whatever the settings of a host's mapper. */
final class JsonCodec {
  private JsonCodec() {}

  static final class Reader extends StdDeserializer<Json> {
    Reader() {
      super(Json.class);
    }

    @Override
    public Json deserialize(JsonParser parser, DeserializationContext ignored) throws IOException {
      return new Json(JsonTokens.read(parser));
    }

    @Override
    public Object deserializeWithType(
        JsonParser parser, DeserializationContext context, TypeDeserializer types)
        throws IOException {
      return deserialize(parser, context);
    }

    @Override
    public Json getNullValue(DeserializationContext context) {
      return Json.NULL;
    }
  }

  static final class Writer extends StdSerializer<Json> {
    Writer() {
      super(Json.class);
    }

    @Override
    public void serialize(Json json, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      JsonTokens.write(json.tree(), out);
    }

    @Override
    public void serializeWithType(
        Json json, JsonGenerator out, SerializerProvider provider, TypeSerializer types)
        throws IOException {
      JsonTokens.write(json.tree(), out);
    }
  }
}
