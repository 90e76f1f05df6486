package config

import "slices"

// A RoomSetting is how one room or direct conversation is served.
type RoomSetting struct {
	Allowed bool
	Corpus  string // name in Corpora; "" the default corpus
	Locale  string // "" is not said
}

// Room is the setting of a room. A room that the file does not list is
// allowed unless the file allows others: as soon as one room says
// allowed = true, only those that say so are.
func (c *Config) Room(platform, workspace, room string) RoomSetting {
	listed := slices.ContainsFunc(c.Rooms, func(r Room) bool { return r.Allowed != nil && *r.Allowed })
	setting := RoomSetting{Allowed: !listed}
	for _, r := range c.Rooms {
		if r.Platform != platform || r.Room != room || r.Workspace != "" && r.Workspace != workspace {
			continue
		}
		setting = RoomSetting{Allowed: !listed, Corpus: r.Corpus, Locale: r.Locale}
		if r.Allowed != nil {
			setting.Allowed = *r.Allowed
		}
		if r.Workspace != "" {
			break // the entry that names the workspace wins
		}
	}
	return setting
}

// DirectRoom is the setting of direct messages: never a room's.
func (c *Config) DirectRoom() RoomSetting {
	return RoomSetting{c.Direct.Allowed, c.Direct.Corpus, c.Direct.Locale}
}
