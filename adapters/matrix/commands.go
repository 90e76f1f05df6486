package matrix

import (
	"context"
	"errors"
	"fmt"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/event/cmdschema"
	"maunium.net/go/mautrix/id"
)

// describeCommand puts the description of the bot's command into a room (MSC4391),
// so that apps offer it as people type, where the bot's power level allows
// that. What stands there already is left as it is.
func (a *Adapter) describeCommand(ctx context.Context, room id.RoomID) error {
	want := &cmdschema.EventContent{
		Command:     a.cfg.Command,
		Description: event.MakeExtensibleText("Asks the articles a question"),
		Parameters: []*cmdschema.Parameter{{
			Key: "question", Schema: cmdschema.PrimitiveTypeString.Schema(), Optional: true,
			Description: event.MakeExtensibleText("What you want to know"),
		}},
		TailParam: "question",
	}
	kind, stateKey := event.StateMSC4391BotCommand, want.StateKey(a.client.UserID)
	levels, err := a.state.GetPowerLevels(ctx, room)
	if err != nil || levels == nil {
		return err
	}
	if levels.GetUserLevel(a.client.UserID) < levels.GetEventLevel(kind) {
		return nil
	}
	var have cmdschema.EventContent
	err = a.client.StateEvent(ctx, room, kind, stateKey, &have)
	if err == nil && have.Equals(want) || err != nil && !errors.Is(err, mautrix.MNotFound) {
		return err
	}
	if _, err := a.client.SendStateEvent(ctx, room, kind, stateKey, want); err != nil {
		return fmt.Errorf("matrix: describe the command in %s: %w", room, err)
	}
	return nil
}

// describeCommands does so in rooms one after the other, as they come up.
func (a *Adapter) describeCommands(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case room := <-a.rooms:
			tryCtx, cancel := context.WithTimeout(ctx, requestTime)
			if err := a.describeCommand(tryCtx, room); err != nil {
				a.log.Debug("matrix: no command description", "room", room, "error", err)
			}
			cancel()
		}
	}
}
